"""The notice of 2020 as printed, and as the data give it back."""
