package import GoTemplate

/// The name of a release.
package enum ReleaseName {
    private static let longest = 53
    /// What Helm adds to the functions of templates; a name has only the others.
    private static let chartFunctions: Set<String> = [
        "include", "tpl", "required", "lookup", "toYaml", "mustToYaml", "toYamlPretty", "fromYaml", "fromYamlArray",
        "fromJsonArray", "toToml", "mustToToml", "fromToml",
    ]

    /// The name that a template of `--name-template` gives.
    /// - Throws: `HelmProblem`.
    package static func name(
        template: String, functions: [String: TemplateFunction], now: Moment, seed: UInt64?
    ) throws -> String {
        var set = TemplateSet(functions: functions.filter { !chartFunctions.contains($0.key) })
        set.maximumNesting = 1000
        let source = TemplateSource(name: "name-template", bytes: Array(template.utf8))
        do throws(TemplateProblem) { try set.parse(source) } catch {
            throw ExecutionMessage.parsing(error, source.name)
        }
        let run = TemplateRun(set)
        run.owner = RenderState(now: now, seed: seed, cluster: [])
        guard let body = set[source.name] else { return "" }
        do {
            return String(decoding: try run.execute(body, .null).bytes, as: UTF8.self)
        } catch let problem as TemplateProblem {
            throw ExecutionMessage.running(problem)
        }
    }

    /// Refuses what no release can be named (Helm's `ValidateReleaseName`).
    /// - Throws: `HelmProblem`.
    package static func check(_ name: String) throws {
        func isWord(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39 }
        let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isName = parts.allSatisfy { part in
            guard let first = part.first, let last = part.last else { return false }
            return isWord(first) && isWord(last) && part.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
        }
        if isName, name.utf8.count <= longest { return }
        throw HelmProblem(
            "release name check failed: release name \"\(name)\": invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than \(longest)",
            hint: "use small letters, digits, - and . only")
    }
}
