package app.access

# METADATA
# schemas:
#   - input: {allOf: [{type: string}, {type: number}]}
p if input
