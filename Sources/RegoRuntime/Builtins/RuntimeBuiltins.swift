import Documents

extension Builtins {
    /// What the host tells policies about itself (OPA policy reference, "OPA").
    static let runtime: [Builtin] = [
        Builtin("opa.runtime", returns: .object(.string, .any), nondeterministic: true) { call in
            call.context.runtime.isDefined ? call.context.runtime : call.arena.object([:])
        }
    ]
}
