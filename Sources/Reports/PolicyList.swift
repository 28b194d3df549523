package import Catalogue
import Diagnostics
import Documents
import Inputs

/// Policies as a table or as JSON.
package enum PolicyList {
    /// One line a policy: id, severity, category, name, title.
    package static func text(_ policies: [Policy]) -> String {
        let rows = policies.map { [$0.id, $0.severity.rawValue, $0.category, $0.slug, $0.title] }
        let widths = (0..<4).map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                column < 4 ? cell + String(repeating: " ", count: widths[column] - cell.unicodeScalars.count) : cell
            }
            let line = DisplayText.escaped(cells.joined(separator: "  "))
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }

    /// All metadata; parameters with the value in force.
    package static func json(_ policies: [Policy], configuration: Configuration) -> String {
        var json = JSONText()
        json.array(policies) { json, policy in
            json.object { json in
                json.member("id", policy.id)
                json.member("name", unlessEmpty: policy.slug)
                json.member("title", unlessEmpty: policy.title)
                json.member("description", unlessEmpty: policy.summary)
                json.member("severity", (configuration.severities[policy.id] ?? policy.severity).rawValue)
                json.member("category", unlessEmpty: policy.category)
                json.member("confidence", unlessEmpty: policy.confidence)
                json.member("status", unlessEmpty: policy.status)
                json.member("version", unlessEmpty: policy.version)
                json.member("effort", unlessEmpty: policy.effort)
                json.member("scope", policy.scope.rawValue)
                json.member("origin", policy.origin == .user ? "user" : "builtin")
                json.member("aliases", policy.aliases)
                json.member("tags", policy.tags)
                json.member("profiles", PolicySelection.profiles(of: policy))
                json.member("requires", policy.requires.map(\.text))
                json.array("targets", policy.targets) { json, target in
                    json.object { json in
                        json.member("group", target.group)
                        json.member("kinds", target.kinds)
                    }
                }
                json.array("parameters", policy.parameters) { json, parameter in
                    json.object { json in
                        json.member("name", parameter.name)
                        json.key("schema")
                        json.raw(JSONWriter.string(parameter.schema))
                        json.key("value")
                        json.raw(JSONWriter.string(configuration.value(of: parameter, for: policy)))
                    }
                }
                json.member("remediation", unlessEmpty: policy.remediation)
                json.object("compliance") { json in
                    for (framework, clauses) in policy.compliance { json.member(named: framework, clauses) }
                }
                json.member("relatedResources", policy.relatedResources)
                json.member("entrypoint", policy.entrypoint)
                json.member("path", policy.path)
            }
        }
        return json.text + "\n"
    }
}
