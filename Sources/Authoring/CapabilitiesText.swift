import Documents
package import RegoRuntime

/// OPA's capabilities document of a builtin table.
package enum CapabilitiesText {
    package static func json(_ table: BuiltinTable) -> String {
        let owner = Document { _ in .null }
        let writer = Writer(arena: owner.arena)
        let builtins = table.builtins.sorted { $0.name < $1.name }.map(writer.builtin)
        let document = writer.object([
            ("builtins", writer.arena.array(builtins)),
            ("future_keywords", writer.strings(["and", "not", "or"])),
            ("features", writer.strings(["keywords_in_refs", "rego_v1", "template_strings"])),
        ])
        return JSONWriter.string(document, style: .pretty) + "\n"
    }

    private struct Writer {
        let arena: Arena

        func object(_ members: [(String, Value)]) -> Value {
            arena.object(members.map { ObjectEntry(key: arena.string($0.0), value: $0.1) })
        }

        func strings(_ texts: [String]) -> Value { arena.array(texts.map { arena.string($0) }) }

        func builtin(_ builtin: Builtin) -> Value {
            var declaration: [(String, Value)] = [
                ("args", arena.array(builtin.arguments.map(type))), ("type", arena.string("function")),
            ]
            if let result = builtin.result { declaration.append(("result", type(result))) }
            var members: [(String, Value)] = [("name", arena.string(builtin.name)), ("decl", object(declaration))]
            if let infix = builtin.infix { members.append(("infix", arena.string(infix))) }
            if builtin.isRelation { members.append(("relation", .true)) }
            if builtin.isNondeterministic { members.append(("nondeterministic", .true)) }
            return object(members)
        }

        func type(_ type: RegoType) -> Value {
            switch type {
            case .any: return named("any")
            case .null: return named("null")
            case .boolean: return named("boolean")
            case .number: return named("number")
            case .string: return named("string")
            case .set(let element): return object([("type", arena.string("set")), ("of", self.type(element))])
            case .array(let leading, let rest):
                var members: [(String, Value)] = [("type", arena.string("array"))]
                if !leading.isEmpty { members.append(("static", arena.array(leading.map(self.type)))) }
                if let rest { members.append(("dynamic", self.type(rest))) }
                return object(members)
            case .object(let properties, let rest):
                var members: [(String, Value)] = [("type", arena.string("object"))]
                if !properties.isEmpty {
                    members.append(
                        (
                            "static",
                            arena.array(
                                properties.map { property in
                                    object([("key", arena.string(property.key)), ("value", self.type(property.type))])
                                })
                        ))
                }
                if let rest {
                    members.append(("dynamic", object([("key", self.type(rest.key)), ("value", self.type(rest.value))])))
                }
                return object(members)
            case .union(let members):
                if members.isEmpty { return named("any") }
                return object([("type", arena.string("any")), ("of", arena.array(members.map(self.type)))])
            }
        }

        private func named(_ name: String) -> Value { object([("type", arena.string(name))]) }
    }
}
