import Diagnostics
import Findings
import Inputs
import Judging

/// Finds the objects of a text that findings are about.
struct ObjectNumbers {
    private let resources: [Resource]
    private let byDocument: [Int: [Int]]

    init(_ source: SourceFile) {
        resources = ResourceReader().read(source).resources
        byDocument = Dictionary(grouping: resources.indices) { [resources] in resources[$0].documentIndex }
    }

    /// The object as it stands in the text; nil when the finding is not of this text.
    func resource(of finding: Finding) -> Resource? { number(of: finding).map { resources[$0] } }

    /// The object's number among those that are read from the text; nil when the finding is not of this text.
    func number(of finding: Finding) -> Int? {
        let start = finding.location.start
        return byDocument[finding.resource.documentIndex]?.first {
            resources[$0].reference == finding.resource
                && PlaceFinder(resource: resources[$0]).location(of: finding.path).start == start
        }
    }
}
