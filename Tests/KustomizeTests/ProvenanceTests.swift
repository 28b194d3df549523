import Diagnostics
import Documents
import Foundation
import Inputs
import Kustomize
import TestSupport
import Testing

/// Where values come from.
struct ProvenanceTests {
    private struct Origins: Decodable {
        struct Place: Decodable, Equatable {
            var file: String
            var line: Int
        }

        struct Field: Decodable {
            var object: String
            var path: String
            var file: String
            var line: Int
            var parts: [Place]?
        }

        var name: String
        var build: String
        var origins: [Field]
    }

    @Test(.enabled(if: ConformanceData.isUsed("rendering/kustomize"), "no conformance data"))
    func everyFieldHasItsOrigin() throws {
        let files = ConformanceData.files(below: "rendering/kustomize/provenance", suffix: "origins.json")
        #expect(files.count >= 17)
        for file in files {
            let origins = try JSONDecoder().decode(Origins.self, from: Data(contentsOf: file))
            let root = file.deletingLastPathComponent().appendingPathComponent("files").resolvingSymlinksInPath().path
            var options = BuildOptions()
            options.workingFolder = root
            let build = Kustomizer(options, files: DiskFiles()).build(SlashPath.join(root, origins.build))
            for field in origins.origins { try check(field, origins.name, build) }
        }
    }

    private func check(_ field: Origins.Field, _ name: String, _ build: Build) throws {
        let object = try #require(build.objects.first { "\($0.id.gvk.kind)/\($0.id.name)" == field.object }, "\(name)")
        let place = try #require(self.path(of: field.path, object), "\(name) \(field.path)")
        let explanation = try #require(build.explanations(of: object, at: place).first, "\(name) \(field.path)")
        let last = try #require(explanation.steps.last)
        let found = ([last.range] + last.parts).compactMap { $0 }.map {
            Origins.Place(file: $0.file.path, line: $0.position.line)
        }
        let wanted = [Origins.Place(file: field.file, line: field.line)] + (field.parts ?? [])
        #expect(wanted.contains(found[0]), "\(name) \(field.path): \(found)")
        for part in wanted { #expect(found.contains(part), "\(name) \(field.path): \(found)") }
    }

    /// `env[name=A].value` with the element's number in place of its name.
    private func path(of text: String, _ object: RenderedObject) -> DocumentPath? {
        guard let open = text.firstRange(of: "[name="), let close = text[open.upperBound...].firstIndex(of: "]") else {
            return DocumentPath(parsing: text)
        }
        let name = text[open.upperBound..<close]
        guard let list = DocumentPath(parsing: String(text[..<open.lowerBound])) else { return nil }
        let number = object.document.withRoot { _ in
            object.document.value(at: list).elements.firstIndex { $0.field("name").stringValue ?? "" == name }
        }
        guard let number else { return nil }
        return DocumentPath(parsing: text[..<open.lowerBound] + "[\(number)]" + text[text.index(after: close)...])
    }

    /// For each scalar of the real overlays, the text at its origin, read as YAML, is the value, unless a step computed it.
    @Test(.enabled(if: ConformanceData.isUsed("rendering/kustomize"), "no conformance data"))
    func textsAtOriginsAreTheValues() throws {
        var values = 0
        var computed = 0
        for item in try RenderingCase.all("overlays") {
            let build = item.run()
            for object in build.objects {
                object.document.withRoot { root in
                    compare(root, object.places, build, item.name, &values, &computed)
                }
            }
        }
        #expect(values > 50_000)
        #expect(Double(computed) < 0.2 * Double(values))
    }

    private func compare(
        _ value: Value, _ place: RenderedObject.Place, _ build: Build, _ name: String, _ values: inout Int,
        _ computed: inout Int
    ) {
        switch value.kind {
        case .object:
            for (key, child) in place.children { compare(member(value, key), child, build, name, &values, &computed) }
        case .array:
            for (index, child) in place.children.enumerated() {
                compare(value.elements[index], child.place, build, name, &values, &computed)
            }
        default:
            values += 1
            let isDirect: Bool =
                switch place.origin.cause {
                case .file, .patch, .jsonPatch, .namespace, .label, .annotation, .replicas, .replacement:
                    place.parts.isEmpty
                default: false
                }
            guard isDirect, let range = build.range(place.origin) else {
                computed += 1
                return
            }
            let text = range.text
            let read = YAMLReader().read(SourceFile(path: "origin.yaml", text: text)).documents.first
            let isSame =
                text.isEmpty
                ? value.kind == .null || value.kind == .string && value.count == 0
                : read.map { document in document.withRoot { Self.isSame($0, value, text) } } ?? false
            #expect(isSame, "\(name) \(range.file.path):\(range.position): \(text.prefix(80)) is not \(value.kind)")
        }
    }

    private func member(_ value: Value, _ key: String) -> Value {
        (0..<value.count).first { value.keys[$0].string == key }.map { value.values[$0] } ?? .undefined
    }

    /// Whether two scalars are the same up to what JSON makes of them: labels and annotations become strings, dates and
    /// folded texts are written anew.
    private static func isSame(_ read: Value, _ value: Value, _ text: String) -> Bool {
        if read == value { return true }
        if value.kind == .string {
            let plain = value.string
            if plain == text || text.hasPrefix(">") { return true }
            if read.kind == .null { return plain.isEmpty }
            return read.kind == .string
                ? read.string.filter { !$0.isWhitespace } == plain.filter { !$0.isWhitespace } : plain == text
        }
        return value.kind == .bool || value.isNumber || value.kind == .null
    }
}
