import Documents

extension Builtins {
    /// What the host tells policies about itself (OPA policy reference, "OPA").
    static let runtime: [Builtin] = [
        Builtin(
            "opa.runtime", help: "() Facts about the running engine; an empty object here.", returns: .object(.string, .any),
            nondeterministic: true
        ) { call in
            call.context.runtime.isDefined ? call.context.runtime : call.arena.object([:])
        }
    ]
}
