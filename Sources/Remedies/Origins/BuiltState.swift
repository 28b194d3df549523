import Diagnostics
import Documents
package import Findings
package import Inputs
import Judging
package import Renderings

/// What a repository is built into, and how that is judged.
package struct BuiltState {
    package var contents: [ResourceReader.Contents]
    /// How all objects are judged: those that stand in files as they are, too.
    package var report: Report
    /// What cannot be built.
    package var failures: Set<String>
    package var causes: ValueCauses

    package init(contents: [ResourceReader.Contents], report: Report, failures: Set<String>, causes: ValueCauses) {
        (self.contents, self.report, self.failures, self.causes) = (contents, report, failures, causes)
    }

    /// The object that a finding is about, as it is built; nil when no build made it.
    func resource(of finding: Finding) -> Resource? {
        var same: [Resource] = []
        let steps = finding.origin.map(\.message)
        for contents in contents {
            same += contents.resources.lazy.filter {
                $0.reference == finding.resource && $0.document.origin.map(\.message) == steps
            }
        }
        if same.count < 2 { return same.first }
        let start = finding.location.start
        return same.first { PlaceFinder(resource: $0).location(of: finding.path).start == start } ?? same.first
    }

    /// The objects that are built, by kind and name; the same ones must be there after a fix.
    package var objects: [String] { contents.map { $0.resources.map(\.title).sorted().joined(separator: "\n") } }

    /// The builds in whose objects a finding is.
    package static func keys(of finding: Finding) -> [String] {
        if finding.origin.isEmpty {
            return ["\(finding.fingerprint)\u{0}\(finding.location.file)\u{0}\(finding.resource.documentIndex)"]
        }
        return ([finding.origin] + finding.alsoIn).map { key(finding.fingerprint, $0) }
    }

    private static func key(_ name: String, _ origin: [Diagnostic.Note]) -> String {
        name + "\u{0}" + origin.map(\.message).joined(separator: "\u{0}")
    }
}
