"""What an indicator or an inspector found wrong with an account; owns the finding states."""
