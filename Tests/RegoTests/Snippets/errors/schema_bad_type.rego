package app.access

# METADATA
# schemas:
#   - input: {type: text}
p if input.x
