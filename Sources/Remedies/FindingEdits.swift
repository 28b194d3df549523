package import Diagnostics
package import Findings
import Inputs
import Judging

extension FixRun {
    /// What `withEdits` makes.
    package struct EditedFindings {
        package var findings: [Finding]
        /// Findings whose fixes were not tried because all of them together would have taken too long.
        package var untried = 0
    }

    /// Bytes of texts that are read again to verify single edits.
    private static let mostRead = 64 << 20

    /// Findings with the edits that remedy them. Each is verified: with the fixes of all of them the violation is gone and no
    /// new one is found, and alone it makes of its object what the fix says and of all else what it was.
    ///
    /// Left out are findings of what a build made, since another text has to be changed for them, and of credentials.
    package func withEdits(_ findings: [Finding], in files: [SourceFile]) -> EditedFindings {
        let outcome = run(files)
        let fixes = RemedyFinder(outcome.before.policies, rules)
        let fixed = Set(outcome.fixed.map(Key.init))
        let sources = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        var edited = EditedFindings(findings: findings)
        let wanted = findings.indices.filter { index in
            let finding = findings[index]
            return finding.origin.isEmpty && !finding.location.isSecret && fixed.contains(Key(finding))
        }
        var rest = Self.mostRead
        for (file, indices) in Dictionary(grouping: wanted, by: { findings[$0].location.file }).sorted(by: { $0.key < $1.key }) {
            guard let source = sources[file] else { continue }
            let objects = ObjectNumbers(source)
            for index in indices {
                let finding = findings[index]
                guard let number = objects.number(of: finding),
                    let remedy = try? fixes.remedy(for: finding, in: { objects.resource(of: finding) })
                else { continue }
                rest -= source.bytes.count
                if rest < 0 {
                    edited.untried += 1
                } else if let text = try? FixedText.make(source, object: number, remedy.operations) {
                    edited.findings[index].edits = [Self.edit(from: source, to: text)]
                }
            }
        }
        return edited
    }

    /// The one change that makes a text of another, at the borders of characters.
    static func edit(from old: SourceFile, to new: SourceFile) -> SourceEdit {
        let (a, b) = (old.bytes, new.bytes)
        let limit = min(a.count, b.count)
        var start = 0
        while start < limit, a[start] == b[start] { start += 1 }
        while start > 0, start < a.count && isInside(a[start]) || start < b.count && isInside(b[start]) { start -= 1 }
        var tail = 0
        while tail < limit - start, a[a.count - 1 - tail] == b[b.count - 1 - tail] { tail += 1 }
        while tail > 0, isInside(a[a.count - tail]) || isInside(b[b.count - tail]) { tail -= 1 }
        let range = SourceRange(
            file: old, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: a.count - tail))
        return SourceEdit(range, new.text(in: start..<b.count - tail))
    }

    /// Whether a byte of UTF-8 continues a character.
    private static func isInside(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
