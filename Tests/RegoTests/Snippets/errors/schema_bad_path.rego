package app.access

# METADATA
# schemas:
#   - request: {type: string}
p if input.x
