import Diagnostics
package import Findings
import Inputs
import Judging

extension OriginFixRun {
    /// Findings of what is built with the edits that remedy them, as `FixRun.withEdits` has them for plain files.
    /// - Parameter first: how everything is built and judged before.
    package func withEdits(_ findings: [Finding], _ first: BuiltState) -> [Finding] {
        guard findings.contains(where: isBuilt) else { return findings }
        let fixed = Set(run(first).fixed.flatMap(BuiltState.keys))
        var finder = OriginFinder(first.causes, refusal: refusal)
        let fixes = RemedyFinder(first.report.policies, rules)
        var findings = findings
        for index in findings.indices where isBuilt(findings[index]) {
            let finding = findings[index]
            let keys = BuiltState.keys(of: finding)
            guard keys.allSatisfy(fixed.contains), let resource = first.resource(of: finding),
                let remedy = try? fixes.remedy(for: finding, in: { resource }), allowsUnsafe || !remedy.isUnsafe,
                let edits = try? edits(remedy.operations, of: resource, &finder),
                let texts = try? carryOut(Change(finding: finding, keys: keys, edits: edits), [:])
            else { continue }
            findings[index].edits = texts.keys.sorted().compactMap { path in
                guard let old = text(path), let new = texts[path] else { return nil }
                return FixRun.edit(from: old, to: new)
            }
        }
        return findings
    }
}
