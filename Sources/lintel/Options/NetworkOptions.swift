import ArgumentParser
import RegoNetwork

/// The option that lets policies reach hosts.
struct NetworkOptions: ParsableArguments {
    @Option(
        name: .customLong("allow-net"),
        help: ArgumentHelp(
            "Let http.send and net.lookup_ip_addr reach these hosts, separated by commas; repeatable. None without it.",
            valueName: "host"))
    var hosts: [String] = []

    func validate() throws {
        for host in names
        where host.contains("/") || host.contains(":") && !host.hasSuffix("]") && host.filter({ $0 == ":" }).count < 2 {
            throw ValidationError("--allow-net needs names or addresses of hosts, without scheme, port and path: \(host)")
        }
    }

    private var names: [String] { hosts.flatMap { $0.split(separator: ",").map(String.init) } }

    /// The access that is given; nil for none.
    /// - Parameters:
    ///   - allowed: the hosts that a capabilities file allows, if it names some; it limits the option's.
    ///   - variables: variables of the environment that requests may take certificates and keys from.
    func access(capabilities allowed: [String]? = nil, variables: [String] = []) -> NetworkAccess? {
        guard allowed != nil || !hosts.isEmpty else { return nil }
        let environment = Dictionary(
            variables.compactMap { name in Console.environment(name).map { (name, $0) } }, uniquingKeysWith: { $1 })
        var access = NetworkAccess(allowedHosts: hosts.isEmpty ? allowed ?? [] : names, environment: environment)
        if let allowed, !hosts.isEmpty { access = access.limited(to: allowed) }
        return access
    }
}
