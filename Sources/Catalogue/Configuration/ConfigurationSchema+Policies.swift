import Documents

extension ConfigurationSchema {
    /// What the schema says about single policies, each part with the comma before it; nothing when there are none.
    struct PolicyParts {
        /// The schema of a policy's name.
        let name: String
        /// `properties` of `severity`, `admission.policies` and `parameters`.
        let severities: String
        let settings: String
        let parameters: String

        init(_ policies: [Policy]) {
            guard !policies.isEmpty else {
                name = #"{"type": "string", "minLength": 1}"#
                (severities, settings, parameters) = ("", "", "")
                return
            }
            let text = #"{"type":"string","minLength":1}"#
            let names = policies.flatMap(Self.names)
            name = #"{"anyOf": [{"enum": "# + Self.json { arena in arena.array(names.map { arena.string($0) }) } + "}, \(text)]}"
            severities = Self.properties(policies) { arena, _ in Self.reference("severity", arena) }
            settings = Self.properties(policies) { arena, _ in Self.reference("admissionPolicy", arena) }
            parameters = Self.properties(policies) { arena, policy in Self.parameters(of: policy, arena) }
        }

        private static func names(of policy: Policy) -> [String] { [policy.id, policy.slug] + policy.aliases }

        private static func json(_ build: (Arena) -> Value) -> String {
            Document(build).withRoot { JSONWriter.string($0) }
        }

        private static func reference(_ name: String, _ arena: Arena) -> Value {
            arena.object(["$ref": arena.string("#/definitions/\(name)")])
        }

        /// An entry for each name of each policy.
        private static func properties(_ policies: [Policy], _ schema: (Arena, Policy) -> Value) -> String {
            let object = json { arena in
                arena.object(
                    policies.flatMap { policy in
                        let value = schema(arena, policy)
                        return names(of: policy).map { ObjectEntry(key: arena.string($0), value: value) }
                    })
            }
            return ",\n      \"properties\": \(object)"
        }

        private static func parameters(of policy: Policy, _ arena: Arena) -> Value {
            arena.object([
                "description": arena.string(policy.title), "type": arena.string("object"), "additionalProperties": .bool(false),
                "properties": arena.object(
                    policy.parameters.map { ObjectEntry(key: arena.string($0.name), value: $0.schema) }),
            ])
        }
    }
}
