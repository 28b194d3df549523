package import Documents

/// Who would be hit if verdicts were enforced, by a log of decisions.
package struct RolloutSummary: Sendable {
    /// An owner of refused objects in a namespace.
    package struct Hit: Sendable {
        package var owner: Owner
        /// Requests that were refused or would have been.
        package var requests = 0
        /// How many of them each policy refused.
        package var policies: [String: Int] = [:]
        package var users: Set<String> = []
    }

    /// A namespace, with its owners.
    package struct Namespace: Sendable {
        /// Empty for objects of the cluster.
        package var name: String
        package var requests: Int
        /// The owner with most refused requests first.
        package var hits: [Hit]
        package var policies: [String: Int]
    }

    /// The entries of logs that were decisions.
    package private(set) var decisions = 0
    /// Those among them that were refused or would have been.
    package private(set) var refused = 0
    /// Those that not every policy judged.
    package private(set) var unjudged = 0
    /// Entries that are no decisions: dry runs, other stages of audit events, other documents.
    package private(set) var others = 0
    /// The times of the first and the last decision, as the log has them; empty when there are none.
    package private(set) var span = (first: "", last: "")
    /// Owners that did not fit in; their requests are counted.
    package private(set) var omittedOwners = 0

    private var hits: [String: [Owner: Hit]] = [:]
    private var count = 0
    private let capacity: Int
    private static let namedUsers = 20

    /// - Parameter capacity: the most owners that are kept.
    package init(capacity: Int = 100_000) { self.capacity = capacity }

    /// Takes up an entry of a decision log or an audit log.
    package mutating func add(_ event: Value) {
        guard let decision = LoggedDecision(event) else {
            others += 1
            return
        }
        decisions += 1
        if !decision.time.isEmpty {
            if span.first.isEmpty || decision.time < span.first { span.first = decision.time }
            if decision.time > span.last { span.last = decision.time }
        }
        if !decision.failed.isEmpty { unjudged += 1 }
        if decision.policies.isEmpty { return }
        refused += 1
        var owners = hits[decision.namespace] ?? [:]
        if owners[decision.owner] == nil {
            if count >= capacity {
                omittedOwners += 1
                return
            }
            count += 1
        }
        var hit = owners[decision.owner] ?? Hit(owner: decision.owner)
        hit.requests += 1
        for policy in Set(decision.policies) { hit.policies[policy, default: 0] += 1 }
        if hit.users.count < Self.namedUsers, !decision.user.isEmpty { hit.users.insert(decision.user) }
        owners[decision.owner] = hit
        hits[decision.namespace] = owners
    }

    /// The namespaces, the one with most refused requests first.
    package var namespaces: [Namespace] {
        hits.map { name, owners in
            let sorted = owners.values.sorted { left, right in
                if left.requests != right.requests { return left.requests > right.requests }
                return (left.owner.kind, left.owner.name) < (right.owner.kind, right.owner.name)
            }
            let policies = sorted.reduce(into: [:]) { sums, hit in sums.merge(hit.policies, uniquingKeysWith: +) }
            return Namespace(name: name, requests: sorted.reduce(0) { $0 + $1.requests }, hits: sorted, policies: policies)
        }.sorted { ($0.requests, $1.name) > ($1.requests, $0.name) }
    }
}

extension [String: Int] {
    /// The policies that refuse most first.
    package var byCount: [(id: String, count: Int)] {
        map { (id: $0.key, count: $0.value) }.sorted { ($0.count, $1.id) > ($1.count, $0.id) }
    }
}
