import Diagnostics
import Documents
import Schemas
import Testing

/// Where the API server finds something wrong with an object.
enum FaultPlaces {
    static func of(_ text: String, release: String = "1.36") throws -> [String] {
        let document = try #require(YAMLReader().read(SourceFile(path: "m.yaml", text: text)).documents.first)
        let range = try #require(ReleaseRange(release))
        guard case .checked(let faults) = ObjectCheck(releases: range).check(document) else { return ["unknown kind"] }
        return faults.map { $0.path.fieldPath.replacing("\"", with: "") }
    }

    /// Expects one place, or none.
    static func expect(
        _ text: String, _ place: String?, release: String = "1.36", sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let found = try of(text, release: release)
        #expect(found == (place.map { [$0] } ?? []), "\(text)", sourceLocation: sourceLocation)
    }
}
