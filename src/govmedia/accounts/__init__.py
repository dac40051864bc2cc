"""The registry: accounts, their life (`status`) and their health as last judged."""
