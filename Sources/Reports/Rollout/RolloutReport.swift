import Diagnostics
package import Findings

/// Writes who would be hit by enforcing policies.
package struct RolloutReport {
    private let summary: RolloutSummary

    package init(_ summary: RolloutSummary) { self.summary = summary }

    /// A table for people, the worst namespace first.
    /// - Parameter limit: the owners that are named for each namespace.
    package func text(ownersPerNamespace limit: Int) -> String {
        var text = "\(summary.decisions) decisions"
        if !summary.span.first.isEmpty { text += " from \(line(summary.span.first)) to \(line(summary.span.last))" }
        let namespaces = summary.namespaces
        if namespaces.isEmpty {
            text += ": none was refused or would have been\n"
        } else {
            let owners = namespaces.reduce(0) { $0 + $1.hits.count }
            text +=
                ": \(summary.refused) were refused or would have been, in \(namespaces.count) namespaces, of \(owners) owners\n"
        }
        for namespace in namespaces {
            text += "\n\(namespace.name.isEmpty ? "(objects of the cluster)" : line(namespace.name)): \(namespace.requests)"
            text += " requests (\(list(namespace.policies)))\n"
            for hit in namespace.hits.prefix(limit) {
                text += "  \(line(hit.owner.kind)) \(line(hit.owner.name.isEmpty ? "(no name)" : hit.owner.name))"
                if !hit.owner.source.isEmpty { text += " (\(line(hit.owner.source)))" }
                text += ": \(hit.requests) requests by \(line(hit.users.sorted().prefix(3).joined(separator: ", ")))"
                if hit.users.count > 3 { text += " and others" }
                text += ": \(list(hit.policies))\n"
            }
            if namespace.hits.count > limit { text += "  and \(namespace.hits.count - limit) more owners\n" }
        }
        if summary.unjudged > 0 { text += "\n\(summary.unjudged) decisions were made although a policy gave no answer\n" }
        if summary.omittedOwners > 0 { text += "\n\(summary.omittedOwners) requests are of owners that did not fit in\n" }
        return text
    }

    /// One JSON object.
    package func json() -> String {
        var json = JSONText()
        json.object { json in
            json.member("decisions", summary.decisions)
            json.member("refused", summary.refused)
            json.member("unjudged", summary.unjudged)
            json.member("others", summary.others)
            json.member("omitted", summary.omittedOwners)
            json.member("from", summary.span.first)
            json.member("to", summary.span.last)
            json.array("namespaces", summary.namespaces) { json, namespace in
                json.object { json in
                    json.member("namespace", namespace.name)
                    json.member("requests", namespace.requests)
                    Self.add(namespace.policies, to: &json)
                    json.array("owners", namespace.hits) { json, hit in
                        json.object { json in
                            json.member("kind", hit.owner.kind)
                            json.member("name", hit.owner.name)
                            json.member("source", unlessEmpty: hit.owner.source)
                            json.member("requests", hit.requests)
                            Self.add(hit.policies, to: &json)
                            json.member("users", hit.users.sorted())
                        }
                    }
                }
            }
        }
        return json.text + "\n"
    }

    private static func add(_ policies: [String: Int], to json: inout JSONText) {
        json.object("policies") { json in
            for (id, count) in policies.byCount { json.member(named: id, count) }
        }
    }

    private func list(_ policies: [String: Int]) -> String {
        policies.byCount.map { "\(line($0.id)) \($0.count)" }.joined(separator: ", ")
    }

    /// Names come from a log: they must not make lines or colours of their own.
    private func line(_ text: String) -> String { DisplayText.escaped(text) }
}
