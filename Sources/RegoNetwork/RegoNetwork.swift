import Documents
package import RegoRuntime

/// Builtins that reach the network. They fail unless the evaluation's context has a `NetworkAccess` for the host.
package enum RegoNetwork {
    package static let builtins: [Builtin] = [
        /// `http.send(request)` (OPA policy reference, "HTTP").
        Builtin(
            "http.send", help: "(request) The answer to an HTTP request; an error unless its host is allowed by name.",
            .object(.string, .any), returns: .object(.any, .any), nondeterministic: true
        ) { call in
            guard let object = call.objectOperand(0) else { return .undefined }
            return HTTPSend.run(object, &call)
        },
        /// `net.lookup_ip_addr(name)` (OPA policy reference, "Net").
        Builtin(
            "net.lookup_ip_addr",
            help: "(name) The addresses of a host name; an error unless it is allowed by name.", .string,
            returns: .set(of: .string), nondeterministic: true
        ) { call in
            guard let name = call.text(0) else { return .undefined }
            return lookUp(name, &call)
        },
    ].about("net")

    private static func lookUp(_ name: String, _ call: inout BuiltinCall) -> Value {
        let access = NetworkAccess.of(call.context)
        // Addresses and the machine itself are known without asking anyone (RFC 6761, section 6.3).
        let isLocal = HostLookup.isAddress(name) || name.lowercased() == "localhost"
        guard access.map({ $0.allows(name) }) ?? isLocal else { return call.fail("unallowed host: \(name)") }
        let key = "net.lookup_ip_addr \(name)"
        if let known = call.context.queryCache[key] { return known }
        do throws(HostLookup.Failure) {
            let addresses = try HostLookup.addresses(of: name, context: call.context)
            let result = call.arena.set(addresses.map { call.arena.string($0) })
            call.context.queryCache[key] = result
            return result
        } catch { return error.isCancellation ? call.cancelled() : call.fail(error.message) }
    }
}
