import RegoNetwork

/// Which names this server answers to, so that no foreign page reaches it through a name of its own (DNS rebinding) or
/// from another origin.
struct Origins: Sendable {
    /// Names besides `localhost` and addresses, in lower case.
    private let names: Set<String>

    init(names: [String]) { self.names = Set(names.map { $0.lowercased() }) }

    /// Why a request is refused; nil when it is not.
    func problem(host: String?, origin: String?, fetchSite: String?) -> PlaygroundError? {
        guard let host, isAllowed(Self.name(of: host)) else {
            return PlaygroundError(
                status: 403, code: "forbidden_host", message: "This server does not answer to the name in the Host header.",
                hint: "Start it with --host NAME to reach it by that name.")
        }
        if fetchSite == "cross-site" || origin.map({ !Self.isSame($0, as: host) }) ?? false {
            return PlaygroundError(
                status: 403, code: "forbidden_origin", message: "Pages of another origin may not use this server.")
        }
        return nil
    }

    /// An address cannot be rebound; a name can.
    private func isAllowed(_ name: String) -> Bool {
        name == "localhost" || name.hasSuffix(".localhost") || names.contains(name) || HostLookup.isAddress(name)
    }

    private static func isSame(_ origin: String, as host: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.lowercased() == scheme + host.lowercased() { return true }
        return false
    }

    /// The name of `name:port` or `[address]:port`.
    private static func name(of host: String) -> String {
        let host = host.lowercased()
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            return String(host[host.index(after: host.startIndex)..<end])
        }
        var name = host.split(separator: ":", maxSplits: 1).first.map(String.init) ?? ""
        if name.hasSuffix(".") { name.removeLast() }
        return name
    }
}
