package app.access

# METADATA
# schemas:
#   - input: {properties: {port: {type: integer}}}
low if startswith(input.port, "8")
