import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging
import Remedies

/// Takes away exceptions that nothing needs, in the texts as they are after all fixes.
struct FixExceptions {
    let check: CheckRun
    let setup: PolicySetup
    let found: FileDiscovery.Result

    /// - Parameters:
    ///   - repository: the files as they are after all fixes, judged by what notes its exceptions afresh.
    ///   - texts: the texts of these fixes in what builds are made of.
    ///   - exceptions: those that the judge of the repository notes.
    func run(
        _ repository: FixRepository, _ texts: [String: SourceFile], _ exceptions: Exceptions
    ) -> ExceptionRemoval.Outcome {
        let state = repository.built(with: texts)
        var outcome = ExceptionRemoval.Outcome()
        if state.report.hasErrors { return outcome }
        let unused = exceptions.unused(used: judged(state.report), all: setup.set.all + Policy.typeChecks)
        if unused.isEmpty { return outcome }
        let removal = ExceptionRemoval(
            text: { path in
                texts[path] ?? repository.plain.first { $0.path == path }
                    ?? (try? FileSystem.read(path)).map { SourceFile(path: path, bytes: $0) }
            },
            refusal: { repository.refusal(toChangeExceptionIn: $0.range.file.path) })
        outcome = removal.run(unused)
        if outcome.texts.isEmpty { return outcome }
        var after = repository
        after.plain = after.plain.map { outcome.texts[$0.path] ?? $0 }
        let next = after.built(with: texts.merging(outcome.texts) { $1 })
        guard Self.isSame(state, next) else {
            outcome.withdraw(because: "without it something else is found")
            return outcome
        }
        return outcome
    }

    /// The policies that saw everything they look at.
    private func judged(_ report: Report) -> [Policy] {
        let idle = Set(report.notEvaluated.map(\.policyID))
        return report.policies.filter { policy in
            !idle.contains(policy.id) && (policy.scope == .object || check.coversEverything(setup))
        }
    }

    private static func isSame(_ old: BuiltState, _ new: BuiltState) -> Bool {
        func keys(_ findings: [Finding]) -> Set<String> { Set(findings.flatMap(BuiltState.keys)) }
        return old.failures == new.failures && old.objects == new.objects && new.report.hasErrors == old.report.hasErrors
            && keys(old.report.findings) == keys(new.report.findings)
            && keys(old.report.suppressed) == keys(new.report.suppressed)
    }
}

extension CheckRun {
    /// Whether the run looks at all objects that a policy about several of them may need.
    func coversEverything(_ setup: PolicySetup) -> Bool {
        guard include.isEmpty, exclude.isEmpty else { return false }
        if coversRepository(setup) { return true }
        return (paths.isEmpty ? ["."] : paths).contains { path in
            guard let folder = DiskFiles().resolve(path), folder.isFolder else { return false }
            guard let root = ConfigurationFinder.repository(of: folder.path) else { return setup.configuration.path == nil }
            return root == folder.path
        }
    }
}
