package app.access

# METADATA
# schemas:
#   - data.acl: {type: object, additionalProperties: {type: array, items: {type: string}}}
allow if input.operation == data.acl[input.user][_].name
