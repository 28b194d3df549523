package import Diagnostics
package import Inputs

extension Report {
    /// How often each reason was met, in the order of the documentation.
    package var skipCounts: [(reason: SkippedDocument.Reason, count: Int)] {
        var counts: [SkippedDocument.Reason: Int] = [:]
        for skip in skipped { counts[skip.reason, default: 0] += 1 }
        return SkippedDocument.Reason.allCases.compactMap { reason in counts[reason].map { (reason, $0) } }
    }

    /// Skipped files that people should hear of by name: those they named themselves, and templates, which hold objects.
    package var skipsToName: [SkippedDocument] {
        skipped.filter { namedFiles.contains($0.path) || $0.reason == .helmTemplate || $0.reason == .specialFile }
    }

    /// The errors that a run makes of skips it was told not to accept.
    package func skips(failing reasons: some Sequence<SkippedDocument.Reason>) -> [Diagnostic] {
        let reasons = Set(reasons)
        return skipCounts.filter { reasons.contains($0.reason) }.map { reason, count in
            let places = skipped.lazy.filter { $0.reason == reason }.prefix(5).map {
                "\($0.path)\(reason.isOfFile ? "" : ":\($0.line)")"
            }
            let more = count > 5 ? " and \(count - 5) more" : ""
            return Diagnostic(
                code: "skipped",
                message: "skipped although \(reason.id) must not be: \(Array(places).joined(separator: ", "))\(more)")
        }
    }

    /// The error that a run makes which was ended early: what ended it, and what it did not come to.
    package func incomplete(_ what: String) -> Diagnostic {
        var parts: [String] = []
        if remainder.files > 0 { parts.append("\(remainder.files) of \(files) files were not judged") }
        if remainder.isWithoutRelations {
            parts.append("the policies that look at several objects judged none")
        } else if remainder.objects > 0 {
            parts.append("the policies that look at several objects did not judge \(remainder.objects) of them")
        }
        let rest = parts.isEmpty ? "not all was judged" : parts.joined(separator: "; ")
        return Diagnostic(code: "stopped", message: "\(what): \(rest)", hint: "give it more, or check fewer files at a time")
    }

    /// Counts files that were judged as a part of builds: only `readAlone` of all `files` were given to the run.
    package mutating func countFiles(_ files: [InputFile], readAlone: [InputFile]) {
        let own = Dictionary(zip(readAlone.map(\.path), sources), uniquingKeysWith: { first, _ in first })
        sources = files.map { own[$0.path] ?? Source(resources: 1, objects: 1) }
        self.files = files.count
    }

    /// Arguments from which nothing was judged although something else was: a chart of which all templates were skipped, and
    /// files named one by one of which none holds an object. Without this, the rest of the run would speak for them.
    ///
    /// - Parameter recipes: the files in whose place something built was judged.
    package func unjudged(_ found: FileDiscovery.Result, recipes: Set<String>) -> [Diagnostic] {
        guard evaluatedPolicies > 0, sources.count == found.files.count else { return [] }
        var problems: [Diagnostic] = []
        let named = found.arguments.filter { !$0.isFolder && !$0.files.isEmpty }
        let isJudged = { (place: Int) in sources[place].resources > 0 || recipes.contains(found.files[place].shownPath) }
        if !named.isEmpty, !named.contains(where: { isJudged($0.files.lowerBound) }) {
            let names = named.prefix(5).map { found.files[$0.files.lowerBound].shownPath }.joined(separator: ", ")
            problems.append(
                Diagnostic(
                    code: "nothing_evaluated",
                    message:
                        "no Kubernetes object was found in what was named: \(names)\(named.count > 5 ? " and \(named.count - 5) more" : "")",
                    hint: "--allow-empty accepts that"))
        }
        let templates = Set(skipped.lazy.filter { $0.reason == .helmTemplate }.map(\.path))
        if templates.isEmpty { return problems }
        for argument in found.arguments where argument.isFolder && !sources[argument.files].contains(where: { $0.objects > 0 }) {
            let count = found.files[argument.files].count { templates.contains($0.shownPath) }
            if count == 0 { continue }
            problems.append(
                Diagnostic(
                    code: "nothing_evaluated",
                    message:
                        "\(argument.path): its \(count == 1 ? "only Helm template was" : "\(count) Helm templates were") skipped, "
                        + "and there is no other Kubernetes object",
                    hint: "check what the chart makes: helm template \(argument.path) | lintel check -"))
        }
        return problems
    }
}
