import Documents
import Inputs

/// What becomes reachable from outside of the cluster.
enum Exposure {
    /// - Parameter old: the object as it was; undefined for a new one.
    static func openings(_ type: GroupKind, _ old: Value, _ new: Value) -> [RiskNote] {
        switch (type.group, type.kind) {
        case ("", "Service"): service(old.field("spec"), new.field("spec"), isNew: !old.isDefined)
        case ("networking.k8s.io", "Ingress"), ("extensions", "Ingress"): ingress(old, new)
        case ("gateway.networking.k8s.io", "Gateway"): gateway(old.field("spec"), new.field("spec"))
        case ("gateway.networking.k8s.io", _) where type.kind.hasSuffix("Route"):
            hosts("hostnames", old.field("spec").field("hostnames").strings, new.field("spec").field("hostnames").strings)
        case ("route.openshift.io", "Route"):
            hosts(
                "host", [old.field("spec").field("host")].compactMap(\.stringValue),
                [new.field("spec").field("host")].compactMap(\.stringValue))
        default: []
        }
    }

    private static func path(_ name: String) -> DocumentPath { DocumentPath([.key("spec"), .key(name)]) }

    private static func reach(_ type: String) -> Int { ["NodePort": 1, "LoadBalancer": 2][type] ?? 0 }

    private static func service(_ old: Value, _ new: Value, isNew: Bool) -> [RiskNote] {
        let before = old.field("type").stringValue ?? "ClusterIP", now = new.field("type").stringValue ?? "ClusterIP"
        var notes: [RiskNote] = []
        if reach(now) > (isNew ? 0 : reach(before)) {
            notes.append(
                RiskNote(
                    reach(now) == 2 ? .high : .medium, isNew ? "is new and of type \(now)" : "becomes \(now), was \(before)",
                    at: path("type")))
        } else if reach(now) > 0 {
            let known = Set(old.field("ports").array.map(port))
            let ports = new.field("ports").array.map(port).filter { !known.contains($0) }
            if !ports.isEmpty {
                notes.append(RiskNote(.medium, "opens port \(ports.joined(separator: ", "))", at: path("ports")))
            }
        }
        let addresses = new.field("externalIPs").strings.filter { !old.field("externalIPs").strings.contains($0) }
        if !addresses.isEmpty {
            notes.append(RiskNote(.high, "takes the addresses \(addresses.joined(separator: ", "))", at: path("externalIPs")))
        }
        if reach(now) == 2, !isNew { notes += sources(old, new) }
        return notes
    }

    /// Who may reach a load balancer.
    private static func sources(_ old: Value, _ new: Value) -> [RiskNote] {
        let before = old.field("loadBalancerSourceRanges").strings, now = new.field("loadBalancerSourceRanges").strings
        if before.isEmpty { return [] }
        let place = path("loadBalancerSourceRanges")
        if now.isEmpty { return [RiskNote(.high, "may be reached from everywhere", at: place)] }
        let known = before.compactMap(AddressRange.init)
        let wider = now.filter { range in
            guard let inner = AddressRange(range) else { return !before.contains(range) }
            return !known.contains { $0.contains(inner) }
        }
        return wider.isEmpty ? [] : [RiskNote(.high, "may be reached from \(wider.joined(separator: ", ")) too", at: place)]
    }

    private static func port(_ port: Value) -> String {
        JSONWriter.string(port.field("port")) + "/" + (port.field("protocol").stringValue ?? "TCP")
    }

    private static func ingress(_ old: Value, _ new: Value) -> [RiskNote] {
        func routes(_ object: Value) -> Set<String> {
            var found: Set<String> = []
            for rule in object.field("spec").field("rules").array {
                let host = rule.field("host").stringValue ?? "*"
                let paths = rule.field("http").field("paths").array
                if paths.isEmpty { found.insert(host) }
                for item in paths { found.insert(host + (item.field("path").stringValue ?? "/")) }
            }
            if !object.field("spec").field("defaultBackend").isAbsent { found.insert("every host without a rule") }
            return found
        }
        var notes: [RiskNote] = []
        let gained = routes(new).subtracting(routes(old)).sorted()
        if !gained.isEmpty {
            let names = gained.prefix(8).joined(separator: ", ") + (gained.count > 8 ? " and \(gained.count - 8) more" : "")
            notes.append(RiskNote(.medium, "serves \(names)", at: path("rules")))
        }
        let secured = Set(old.field("spec").field("tls").array.flatMap { $0.field("hosts").strings })
        let still = Set(new.field("spec").field("tls").array.flatMap { $0.field("hosts").strings })
        let hosts = Set(new.field("spec").field("rules").array.compactMap { $0.field("host").stringValue })
        let bare = secured.subtracting(still).intersection(hosts).sorted()
        if !bare.isEmpty {
            notes.append(RiskNote(.high, "serves \(bare.joined(separator: ", ")) without TLS now", at: path("tls")))
        }
        return notes
    }

    private static func gateway(_ old: Value, _ new: Value) -> [RiskNote] {
        func listeners(_ spec: Value) -> [String] {
            spec.field("listeners").array.map { listener in
                let host = listener.field("hostname").stringValue ?? "*"
                return "\(host):\(JSONWriter.string(listener.field("port")))"
            }
        }
        return hosts("listeners", listeners(old), listeners(new))
    }

    private static func hosts(_ name: String, _ old: [String], _ new: [String]) -> [RiskNote] {
        let gained = new.filter { !old.contains($0) }
        return gained.isEmpty ? [] : [RiskNote(.medium, "serves \(gained.joined(separator: ", "))", at: path(name))]
    }
}
