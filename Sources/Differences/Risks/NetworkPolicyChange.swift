import Documents
import Inputs

/// What a changed NetworkPolicy lets through that it did not let through before.
enum NetworkPolicyChange {
    static func openings(_ old: Value, _ new: Value) -> [RiskNote] {
        let (before, now) = (old.field("spec"), new.field("spec"))
        var notes: [RiskNote] = []
        if before.field("podSelector") != now.field("podSelector") {
            let isWider = isEmptySelector(now.field("podSelector"))
            if !isWider {
                notes.append(
                    RiskNote(.medium, "no longer covers \(selection(old)) but \(selection(new))", at: path(["podSelector"])))
            }
        }
        for direction in [Direction.ingress, .egress] {
            guard isolates(before, direction) else { continue }
            if !isolates(now, direction) {
                notes.append(RiskNote(.high, "no longer restricts \(direction.rawValue)", at: path(["policyTypes"])))
                continue
            }
            let known = rules(before, direction)
            for (index, rule) in rules(now, direction).enumerated() {
                for peer in rule.peers where !known.contains(where: { $0.covers(peer, rule.ports) }) {
                    let isOpen = peer == .everything
                    let what = "\(direction == .ingress ? "lets in" : "lets out to") \(text(peer))\(text(rule.ports))"
                    let steps = DocumentPath([.key("spec"), .key(direction.rawValue), .index(index)])
                    notes.append(RiskNote(isOpen ? .high : .medium, what, at: steps))
                }
            }
        }
        return notes
    }

    private enum Direction: String { case ingress, egress }

    private static func path(_ names: [String]) -> DocumentPath { DocumentPath([.key("spec")] + names.map { .key($0) }) }

    /// Which Pods a policy is about.
    static func selection(_ policy: Value) -> String {
        let selector = policy.field("spec").field("podSelector")
        return isEmptySelector(selector) ? "all Pods of its namespace" : "the Pods with \(text(selector: selector))"
    }

    private static func isEmptySelector(_ selector: Value) -> Bool {
        selector.field("matchLabels").isNothing && selector.field("matchExpressions").isNothing
    }

    /// Whether a policy restricts a direction, as the API server fills in `policyTypes`.
    private static func isolates(_ spec: Value, _ direction: Direction) -> Bool {
        let types = spec.field("policyTypes").strings.map { $0.lowercased() }
        if !types.isEmpty { return types.contains(direction.rawValue) }
        return direction == .ingress || !spec.field("egress").isNothing
    }

    // MARK: Rules

    private enum Peer: Equatable {
        case everything
        case block(String, except: [String])
        /// Pods by their selectors, as JSON; empty where there is none.
        case pods(namespaces: String?, pods: String?)

        init(_ peer: Value) {
            let block = peer.field("ipBlock")
            if let range = block.field("cidr").stringValue {
                self = .block(range, except: block.field("except").strings.sorted())
                return
            }
            func text(_ value: Value) -> String? { value.isAbsent ? nil : JSONWriter.string(value) }
            self = .pods(namespaces: text(peer.field("namespaceSelector")), pods: text(peer.field("podSelector")))
        }

        func covers(_ other: Peer) -> Bool {
            if self == .everything || self == other { return true }
            switch (self, other) {
            case (.block(let range, let except), .block(let inner, let innerExcept)):
                return AddressRange(range).flatMap { outer in AddressRange(inner).map(outer.contains) } == true
                    && Set(except).isSubset(of: innerExcept)
            case (.pods(let namespaces, let pods), .pods(let innerNamespaces, let innerPods)):
                let inAll = namespaces == innerNamespaces || namespaces == "{}" && innerNamespaces != nil
                return inAll && (pods == nil && namespaces != nil || pods == "{}" || pods == innerPods)
            default: return false
            }
        }
    }

    private struct Port: Equatable {
        var networkProtocol: String
        var first: String?
        var last: String?

        init(_ port: Value) {
            networkProtocol = port.field("protocol").stringValue ?? "TCP"
            let number = port.field("port")
            first = number.isAbsent ? nil : number.stringValue ?? JSONWriter.string(number)
            last = port.field("endPort").isAbsent ? first : JSONWriter.string(port.field("endPort"))
        }

        func covers(_ other: Port) -> Bool {
            guard networkProtocol == other.networkProtocol else { return false }
            if first == nil || self == other { return true }
            guard let first = first.flatMap(Int.init), let last = last.flatMap(Int.init),
                let start = other.first.flatMap(Int.init), let end = other.last.flatMap(Int.init)
            else { return false }
            return first <= start && end <= last
        }
    }

    private struct Rule {
        var peers: [Peer]
        /// Empty for all.
        var ports: [Port]

        func covers(_ peer: Peer, _ wanted: [Port]) -> Bool {
            guard peers.contains(where: { $0.covers(peer) }) else { return false }
            if ports.isEmpty { return true }
            return !wanted.isEmpty && wanted.allSatisfy { port in ports.contains { $0.covers(port) } }
        }
    }

    private static func rules(_ spec: Value, _ direction: Direction) -> [Rule] {
        spec.field(named: direction.rawValue).array.map { rule in
            let peers = rule.field(named: direction == .ingress ? "from" : "to").array.map(Peer.init)
            return Rule(peers: peers.isEmpty ? [.everything] : peers, ports: rule.field("ports").array.map(Port.init))
        }
    }

    // MARK: Text

    private static func text(_ peer: Peer) -> String {
        switch peer {
        case .everything: "everything"
        case .block(let range, let except): range + (except.isEmpty ? "" : " except \(except.joined(separator: ", "))")
        case .pods(let namespaces, let pods):
            switch (namespaces, pods) {
            case (nil, let pods): "Pods of its namespace\(named(pods))"
            case ("{}", let pods): "Pods of all namespaces\(named(pods))"
            case (let namespaces?, let pods): "Pods\(named(pods)) of namespaces\(named(namespaces))"
            }
        }
    }

    private static func named(_ selector: String?) -> String {
        guard let selector, selector != "{}" else { return "" }
        return " with \(selector)"
    }

    private static func text(_ ports: [Port]) -> String {
        if ports.isEmpty { return " on all ports" }
        let names = ports.map { port -> String in
            guard let first = port.first else { return "any \(port.networkProtocol) port" }
            return first + (port.last == port.first ? "" : "-\(port.last ?? "")") + "/\(port.networkProtocol)"
        }
        return " on \(names.joined(separator: ", "))"
    }

    private static func text(selector: Value) -> String {
        let labels = selector.field("matchLabels")
        var parts: [String] = []
        if labels.kind == .object {
            parts = labels.keys.indices.map { "\(labels.keys[$0].string)=\(labels.values[$0].stringValue ?? "")" }
        }
        if !selector.field("matchExpressions").isNothing { parts.append(JSONWriter.string(selector.field("matchExpressions"))) }
        return parts.joined(separator: ", ")
    }
}
