package app.access

factorial(n) := n * factorial(n - 1)
