package app.access

# METADATA
# scope: rule
# schemas:
#   - input: {type: object, properties: {kind: {type: string}, spec: {type: object}}}
#   - input.spec: {type: object, properties: {replicas: {type: integer}}}
bad if input.spec.replica > 1

free if input.anything
