package import RegoRuntime
import Synchronization

/// What policies may reach over the network, and the responses that may be used again. One is shared by all evaluators
/// of an engine; an evaluation without one reaches nothing.
package final class NetworkAccess: Sendable {
    /// Names and addresses of the hosts that may be reached.
    package let allowedHosts: Set<String>
    /// The variables that `tls_…_env_variable` may name.
    let environment: [String: String]
    let responses = ResponseCache()

    private static let key = "network.access"

    /// - Parameter environment: variables that requests may take certificates and keys from.
    package init(allowedHosts: some Sequence<String>, environment: [String: String] = [:]) {
        self.allowedHosts = Set(allowedHosts.map(Self.normal))
        self.environment = environment
    }

    /// The access to those of the hosts that are also among `hosts`.
    package func limited(to hosts: some Sequence<String>) -> NetworkAccess {
        let others = NetworkAccess(allowedHosts: hosts)
        return NetworkAccess(allowedHosts: allowedHosts.filter(others.allows), environment: environment)
    }

    /// Lets the evaluations of a context use this access.
    package func install(in context: EvaluationContext) { context.caches[Self.key] = self }

    /// The access of a call, if the host gave one.
    static func of(_ context: EvaluationContext) -> NetworkAccess? { context.caches[key] as? NetworkAccess }

    func allows(_ host: String) -> Bool { allowedHosts.contains(Self.normal(host)) }

    /// Names mean the same in any case, addresses of IPv6 the same with and without brackets.
    private static func normal(_ host: String) -> String {
        var name = host.lowercased()
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        return name
    }
}

/// Responses kept from query to query, as requests with `cache` or `force_cache` ask for; the oldest leave first.
final class ResponseCache: Sendable {
    /// A response and until when it may be used without asking again.
    struct Entry: Sendable {
        var response: HTTPExchange.Response
        /// Nanoseconds since 1970.
        var freshUntil: Int64
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var order: [String] = []
        var size = 0
    }

    private static let capacity = 100 << 20
    private let state = Mutex(State())

    func entry(_ key: String) -> Entry? { state.withLock { $0.entries[key] } }

    func insert(_ entry: Entry, for key: String) {
        let size = Self.size(key, entry)
        guard size <= Self.capacity / 4 else { return }
        state.withLock { state in
            if let old = state.entries[key] {
                state.size -= Self.size(key, old)
                state.order.removeAll { $0 == key }
            }
            while state.size + size > Self.capacity, !state.order.isEmpty {
                let oldest = state.order.removeFirst()
                if let entry = state.entries.removeValue(forKey: oldest) { state.size -= Self.size(oldest, entry) }
            }
            state.entries[key] = entry
            state.order.append(key)
            state.size += size
        }
    }

    private static func size(_ key: String, _ entry: Entry) -> Int {
        key.utf8.count + entry.response.body.count
            + entry.response.headers.reduce(256) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    }
}
