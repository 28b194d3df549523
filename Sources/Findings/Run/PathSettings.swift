package import Catalogue
import Diagnostics
import Documents
import Inputs
import Judging
import Text

/// Settings that hold for some of the files of a run only.
package struct PathSettings: Sendable {
    package var layers: ConfigurationLayers
    /// Whether the profiles were chosen for the whole run.
    package var hasFixedProfiles: Bool

    package init(_ layers: ConfigurationLayers, hasFixedProfiles: Bool) {
        self.layers = layers
        self.hasFixedProfiles = hasFixedProfiles
    }
}

/// What holds for the files that the same layers are about.
private struct PathGroup {
    var configuration: Configuration
    var selection: PolicySelection
    /// The policies that judge these files, by id.
    var chosen: Set<String>
    /// The policies that find something else here than with the settings of the run.
    var varied: Set<String> = []
    /// Their rules here, by id.
    var rules: [String: RuleReference] = [:]
}

extension Validator {
    /// Checks files of which some have settings of their own: once with the policies of all of them, then, for policies with
    /// other parameters, once more; each finding is judged by the settings of the file it stands in.
    func validate(
        _ settings: PathSettings, files: [InputFile], rendered: [ResourceReader.Contents], sources: SourceMap
    ) -> Report {
        var groups = PathGroups(settings, set, options)
        groups.meet(
            files.map(\.shownPath) + rendered.flatMap { $0.resources.flatMap { $0.document.sources.map(\.path) + [$0.path] } })
        var whole = self
        whole.options.paths = nil
        whole.options.selection.profiles = groups.profiles
        var report = whole.validate(files: files, rendered: rendered, sources: sources)
        report.findings = report.findings.compactMap { groups.judged($0, among: []) }
        report.suppressed = report.suppressed.compactMap { groups.judged($0, among: []) }
        // A pass may lead to files of further groups.
        var passes: Set<[Int]> = []
        while let numbers = groups.variations.first(where: { !passes.contains($0) }) {
            passes.insert(numbers)
            var once = whole
            let ids = groups.varied(numbers)
            once.options.selection.only = ids.sorted()
            once.options.selection.required = []
            once.options.types = nil
            once.options.checks = []
            once.options.data.configuration = groups.configuration(numbers)
            once.options.data.skipped += once.options.data.configuration.skip
            let more = once.validate(files: files, rendered: rendered, sources: sources)
            report.findings += more.findings.compactMap { groups.judged($0, among: [numbers]) }
            report.suppressed += more.suppressed.compactMap { groups.judged($0, among: [numbers]) }
            report.diagnostics += more.diagnostics.filter { found in
                !report.diagnostics.contains { $0.message == found.message && $0.range == found.range }
            }
        }
        report.findings.sort(by: Self.isBefore)
        report.suppressed.sort(by: Self.isBefore)
        return report
    }

    private static func isBefore(_ left: Finding, _ right: Finding) -> Bool {
        left.location.file == right.location.file
            ? Finding.inSourceOrder(left, right)
            : ExactText.precedes(left.location.file, right.location.file)
    }
}

/// The groups of a run, by the layers that hold for them.
private struct PathGroups {
    private let settings: PathSettings
    private let set: PolicySet
    private let options: Validator.Options
    private var groups: [[Int]: PathGroup] = [:]
    private var numbers: [String: [Int]] = [:]

    init(_ settings: PathSettings, _ set: PolicySet, _ options: Validator.Options) {
        (self.settings, self.set, self.options) = (settings, set, options)
    }

    /// Learns of files, by their paths as reports show them.
    mutating func meet(_ paths: [String]) {
        for path in paths { _ = group(of: path) }
    }

    /// The profiles of all groups.
    var profiles: [String] {
        var profiles: [String] = []
        for group in groups.values { profiles += group.selection.profiles.filter { !profiles.contains($0) } }
        return profiles.isEmpty ? options.selection.profiles : profiles.sorted()
    }

    /// The groups in which policies have parameters of their own, in a fixed order.
    var variations: [[Int]] {
        groups.filter { !$0.value.varied.isEmpty }.keys.sorted { $0.lexicographicallyPrecedes($1) }
    }

    func varied(_ numbers: [Int]) -> Set<String> { groups[numbers]?.varied ?? [] }

    func configuration(_ numbers: [Int]) -> Configuration {
        settings.layers.configuration(options.data.configuration, numbers)
    }

    private mutating func group(of path: String) -> ([Int], PathGroup) {
        let numbers = numbers[path] ?? settings.layers.numbers(for: path)
        self.numbers[path] = numbers
        if let known = groups[numbers] { return (numbers, known) }
        let configuration = configuration(numbers)
        var selection = options.selection
        if !settings.hasFixedProfiles { selection.profiles = configuration.profiles ?? selection.profiles }
        selection.skip += configuration.skip.filter { !selection.skip.contains($0) }
        let chosen = selection.policies(among: set.policies)
        var types = selection
        types.profiles = ["all"]
        var group = PathGroup(
            configuration: configuration, selection: selection,
            chosen: Set(chosen.map(\.id) + types.policies(among: Policy.typeChecks).map(\.id) + options.checks.map(\.policy.id)))
        for policy in chosen {
            if isVaried(policy, by: configuration) { group.varied.insert(policy.id) }
            if let severity = configuration.severities[policy.id],
                severity != options.data.configuration.severities[policy.id] ?? policy.severity
            {
                group.rules[policy.id] = RuleReference(policy, configuration: configuration, selection: selection)
            }
        }
        groups[numbers] = group
        return (numbers, group)
    }

    /// Whether a policy finds something else with other settings: by its parameters, or by those of policies that it merges and
    /// what of these is skipped.
    private func isVaried(_ policy: Policy, by configuration: Configuration) -> Bool {
        let base = options.data.configuration
        if policy.merged.contains(where: { configuration.skip.contains($0.id) && !options.data.skipped.contains($0.id) }) {
            return true
        }
        return ([policy] + policy.merged).contains { part in
            part.parameters.contains { configuration.value(of: $0, for: part) != base.value(of: $0, for: part) }
        }
    }

    /// The finding as the settings of its file have it; nil when they leave it out, or when another pass is about it.
    /// - Parameter passes: the groups whose parameters this pass has; empty for those of the run.
    mutating func judged(_ finding: Finding, among passes: [[Int]]) -> Finding? {
        let (numbers, group) = group(of: finding.location.file)
        guard group.chosen.contains(finding.policyID) else { return nil }
        let isVaried = group.varied.contains(finding.policyID)
        guard passes.isEmpty ? !isVaried : isVaried && passes.contains(numbers) else { return nil }
        guard let rule = group.rules[finding.policyID] else { return finding }
        var finding = finding
        finding.rule = rule
        return finding
    }
}
