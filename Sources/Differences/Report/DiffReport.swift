package import Diagnostics
import Documents
package import Findings
package import Inputs
package import Judging

/// What differs between two states of a repository.
package struct DiffReport: Sendable {
    /// What is said of a side.
    package struct Side: Sendable {
        package var label: String
        package var objects: Int
        package var files: Int
        /// How many documents were left out, by reason.
        package var skipped: [(reason: String, count: Int)]
    }

    /// A build that nothing was made of on either side.
    package struct NotCompared: Sendable, Hashable {
        package var title: String
        package var reason: String
    }

    package var old: Side
    package var new: Side
    package var objects: [ObjectChange] = []
    /// How many objects are the same on both sides.
    package var unchanged = 0
    package var risks: [Risk] = []
    package var images: [ImageChange] = []
    /// What policies find in one of the sides only; nil when they were not asked.
    package var findings: FindingChanges?
    package var notCompared: [NotCompared] = []
    /// What went wrong; with an error, the comparison is not complete.
    package var problems: [Diagnostic] = []

    package init(old: Side, new: Side) { (self.old, self.new) = (old, new) }

    package var isComplete: Bool { !problems.contains { $0.severity == .error } }

    package func count(of kind: ObjectChange.Kind) -> Int { objects.count { $0.kind == kind } }

    /// Objects of one kind that change in the same way belong together.
    package var groups: [[ObjectChange]] {
        var groups: [[ObjectChange]] = [], places: [String: Int] = [:]
        for object in objects {
            if let index = places[object.signature] {
                groups[index].append(object)
            } else {
                places[object.signature] = groups.count
                groups.append([object])
            }
        }
        return groups
    }
}

/// An object that differs.
package struct ObjectChange: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case removed, added, changed
    }

    package var kind: Kind
    package var object: ResourceReference
    /// What applies it, as it is now; empty for files as they stand.
    package var application: String
    package var fields = FieldChanges()
    /// Where the object begins on both sides, and how it came to be.
    package var oldPlace: SourcePlace?
    package var newPlace: SourcePlace?
    package var oldOrigin: [Diagnostic.Note] = []
    package var newOrigin: [Diagnostic.Note] = []
    /// What objects have in common that change in the same way.
    var signature = ""

    init(_ kind: Kind, old: ComparedObject?, new: ComparedObject?) {
        self.kind = kind
        let shown = new ?? old
        object =
            shown?.resource.reference
            ?? ResourceReference(type: .init(apiVersion: "", kind: ""), namespace: nil, name: "", documentIndex: 0)
        application = shown.map { $0.application.kind == nil ? "" : $0.application.title } ?? ""
        if let old {
            oldPlace = PlaceFinder(resource: old.resource).location(of: .init())
            oldOrigin = old.resource.document.origin
        }
        if let new {
            newPlace = PlaceFinder(resource: new.resource).location(of: .init())
            newOrigin = new.resource.document.origin
        }
    }
}

/// Findings that only one side has.
package struct FindingChanges: Sendable {
    package var new: [Finding] = []
    package var gone: [Finding] = []
    package var unchanged = 0

    /// Findings are the same by their fingerprints; of several, those that say the same first.
    init(_ old: [Finding], _ new: [Finding], _ acrossNamespaces: Bool) {
        func key(_ finding: Finding) -> String {
            if !acrossNamespaces { return finding.fingerprint }
            let type = finding.resource.type
            return "\(finding.policyID) \(type.group)/\(type.kind) \(finding.resource.name) \(finding.path.jsonPointer)"
        }
        var waiting: [String: [Int]] = [:]
        for (index, finding) in old.enumerated() { waiting[key(finding), default: []].append(index) }
        var open: [(finding: Finding, key: String)] = [], taken: Set<Int> = []
        for finding in new {
            let key = key(finding)
            guard let place = waiting[key]?.firstIndex(where: { old[$0].message == finding.message }) else {
                open.append((finding, key))
                continue
            }
            if let index = waiting[key]?.remove(at: place) { taken.insert(index) }
        }
        for (finding, key) in open {
            if let index = waiting[key]?.popLast() { taken.insert(index) } else { self.new.append(finding) }
        }
        unchanged = taken.count
        gone = old.indices.filter { !taken.contains($0) }.map { old[$0] }
    }
}
