# METADATA
# schemas:
#   - input: {type: object, properties: {user: {type: object, properties: {name: {type: string}}}}}
package app.access

allow if input.user.nme == "root"

also if input.usr
