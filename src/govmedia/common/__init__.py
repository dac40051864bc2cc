"""Helpers of the framework side without any product noun."""
