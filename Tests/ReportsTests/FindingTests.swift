import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging
import Testing

/// A finding says what its violation says, whatever of it is kept apart.
@Suite struct FindingTests {
    private static let rule = RuleReference(id: "X-1", slug: "", severity: .high, level: .error, remediation: "")

    private func violation(at place: SourcePlace) -> Violation {
        Violation(
            slot: 7, message: "too many",
            resource: ResourceReference(
                type: GroupVersionKind(apiVersion: "v1", kind: "Pod"), namespace: nil, name: "web", documentIndex: 0),
            path: DocumentPath([.key("spec"), .index(1)]), location: place, screen: nil, details: "{}",
            stablePath: "/spec/[name=a]")
    }

    private func expect(_ found: SourcePlace, is place: SourcePlace) {
        #expect(found.file == place.file)
        #expect(found.start == place.start && found.end == place.end)
        #expect(found.range == place.range)
        #expect(found.isSecret == place.isSecret && found.hidden == place.hidden)
    }

    @Test func placesAreThoseOfViolations() throws {
        let source = SourceFile(path: "a.yaml", text: "spec:\n  - one\n  - two\n")
        let range = SourceRange(file: source, start: 8, end: 13)
        var places = [
            SourcePlace(file: "a.yaml", start: Position(line: 2, column: 3), end: Position(line: 2, column: 8), range: range),
            SourcePlace(file: "b.yaml", start: Position(line: 2, column: 3), end: Position(line: 9, column: 1), range: range),
            SourcePlace(file: "b.yaml", start: Position(line: 1, column: 1), end: Position(line: 1, column: 1)),
            SourcePlace(file: "", start: Position(line: 1, column: 1), end: Position(line: 2, column: 1), range: range),
        ]
        var hidden = places[0]
        (hidden.isSecret, hidden.hidden) = (true, [1..<3, 8..<13])
        places.append(hidden)
        for place in places {
            let finding = Finding(violation(at: place), of: Self.rule)
            expect(finding.location, is: place)
            for other in places {
                var changed = finding
                changed.location = other
                expect(changed.location, is: other)
                expect(finding.location, is: place)
                #expect(changed.message == "too many" && changed.details == "{}" && changed.path.steps.count == 2)
                #expect(changed.fingerprint == finding.fingerprint)
            }
        }
    }

    @Test func editsKeepTheRest() throws {
        let source = SourceFile(path: "a.yaml", text: "spec: 1\n")
        let place = SourcePlace(file: "b.yaml", start: Position(line: 1, column: 1), end: Position(line: 1, column: 5))
        var violation = violation(at: place)
        violation.expired = Suppression(source: .comment, reason: "agreed")
        violation.severity = .low
        var finding = Finding(violation, of: Self.rule, fingerprint: "f00", container: "web")
        finding.edits = [SourceEdit(SourceRange(file: source, start: 0, end: 4), "status")]
        #expect(finding.edits.map(\.replacement) == ["status"])
        #expect(finding.expired?.reason == "agreed" && finding.severity == .low)
        #expect(finding.fingerprint == "f00" && finding.container == "web")
        expect(finding.location, is: place)
        finding.edits = []
        #expect(finding.edits.isEmpty && finding.file == "b.yaml")
    }
}
