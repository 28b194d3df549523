package app.access

# METADATA
# schemas:
#   - input: {$ref: "https://example.com/schema.json"}
p if input.x
