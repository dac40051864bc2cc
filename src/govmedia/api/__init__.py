"""What other systems call: JSON in and out by token, its description, and the public keys; owns no states."""
