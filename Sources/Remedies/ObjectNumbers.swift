import Diagnostics
import Documents
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
        let same = (byDocument[finding.resource.documentIndex] ?? []).filter { resources[$0].reference == finding.resource }
        if same.count < 2 { return same.first }
        // Items of a list that have the same name; mistakes in names of fields are told at the name.
        let start = finding.location.start
        return same.first { number in
            let finder = PlaceFinder(resource: resources[number]), document = resources[number].document
            return finder.location(of: finding.path).start == start
                || finder.location(of: finding.path, span: document.place(at: finding.path).keySpan).start == start
        }
    }
}
