import Diagnostics
import Documents
import Foundation
import Schemas
import TestSupport
import Testing

/// The labelled faults and changes, with the verdict of a real API server.
struct MutationTests {
    private let check = ObjectCheck()

    private static func cases(_ name: String) throws -> Document {
        let file = ConformanceData.url(of: "kubernetes/mutations/\(name).json")
        return try JSONReader.read(
            SourceFile(path: name, bytes: ConformanceData.bytes(of: file)), keepsPositions: false)
    }

    private func document(_ value: Value) throws -> Document? {
        let text = value.kind == .string ? value.string : JSONWriter.string(value)
        return YAMLReader().read(SourceFile(path: "case.yaml", text: text)).documents.first
    }

    /// Without quotes, brackets and numbers of elements: the server writes paths in several ways.
    private func plain(_ path: String) -> String {
        path.replacing(/\[\d+\]/, with: "").replacing("[", with: ".").replacing("]", with: "").replacing("\"", with: "")
    }

    private func names(_ faults: [Fault], _ causes: Value) -> Bool {
        guard causes.kind == .array else { return true }
        return causes.elements.contains { cause in
            let place = plain(cause.elements[0].string)
            return faults.contains {
                plain($0.path.fieldPath) == place || plain($0.path.fieldPath).hasPrefix(place + ".")
            }
        }
    }

    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func faultsAreFoundAtTheirPlaces() throws {
        let cases = try Self.cases("faults")
        #expect(cases.root.count > 100)
        for entry in cases.root.elements {
            let name = entry.field("name").string
            let isRefused = entry.field("expect").field("refused").isTrue
            guard let object = try document(entry.field("manifest")) else {
                #expect(isRefused, "\(name) cannot be read")
                continue
            }
            switch check.check(object) {
            case .checked(var faults):
                if let previous = try document(atPrevious: entry) {
                    faults += check.changes(from: previous, to: object)
                }
                #expect(faults.isEmpty == !isRefused, "\(name): \(faults.map(\.message))")
                if isRefused {
                    #expect(
                        names(faults, entry.field("expect").field("causes")), "\(name): \(faults.map(\.path.fieldPath))"
                    )
                }
                // One mistake is told once.
                #expect(faults.count <= 1, "\(name): \(faults.map(\.message))")
                #expect(faults.allSatisfy { $0.span != nil })
            case .unknownKind(let kind): #expect(isRefused && kind.isRefused, "\(name): \(kind.message)")
            case .notAnObject: Issue.record("\(name) is not an object")
            }
        }
    }

    private func document(atPrevious entry: Value) throws -> Document? {
        entry.field("previous").isDefined ? try document(entry.field("previous")) : nil
    }

    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func changesAreJudgedAsTheServerDoes() throws
    {
        let cases = try Self.cases("changes")
        #expect(cases.root.count > 70)
        for entry in cases.root.elements {
            let before = try #require(try document(entry.field("before")))
            let after = try #require(try document(entry.field("after")))
            var faults = check.changes(from: before, to: after)
            if case .checked(let found) = check.check(after) { faults += found }
            let name = entry.field("name").string
            #expect(
                faults.isEmpty == !entry.field("expect").field("refused").isTrue, "\(name): \(faults.map(\.message))")
        }
    }
}
