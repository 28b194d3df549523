import Diagnostics
import Documents
import Foundation
import Schemas
import TestSupport
import Testing

/// Structural schemas against Kubernetes' own test cases, and real definitions with resources.
struct CustomResourceTests {
    private static func cases(_ path: String) throws -> Document {
        let file = ConformanceData.url(of: "kubernetes/\(path).json")
        return try JSONReader.read(
            SourceFile(path: path, bytes: ConformanceData.bytes(of: file)), keepsPositions: false)
    }

    private func document(_ value: Value) throws -> Document {
        let text = JSONWriter.string(value.isDefined ? value : .null)
        return try JSONReader.read(SourceFile(path: "case", text: text))
    }

    private func hasRules(_ schema: Value) -> Bool { JSONWriter.string(schema).contains("x-kubernetes-validations") }

    private func plain(_ path: String) -> String {
        path.replacing("\"", with: "").replacing("[", with: ".").replacing("]", with: "").replacing("..", with: ".")
    }

    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func valuesAreValidated() throws {
        let cases = try Self.cases("k8s-schema/crd-schema")
        for entry in cases.root.elements where !hasRules(entry.field("schema")) {
            let schema = try document(entry.field("schema"))
            let release = try #require(Release(entry.field("version").string))
            let faults = CustomObjectCheck.faults(
                ofValueIn: try document(entry.field("object")), CustomShape(schema.root), release: release)
            let expected = Set(entry.field("expect").field("errors").elements.map { plain($0.field("field").string) })
            let name = entry.field("name").string
            if expected.contains("<nil>") {
                // The server does not say where.
                #expect(!faults.isEmpty, "\(name)")
            } else {
                #expect(Set(faults.map { plain($0.path.fieldPath) }) == expected, "\(name): \(faults.map(\.message))")
            }
        }
    }

    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func listsHaveEntriesOnce() throws {
        let cases = try Self.cases("k8s-schema/crd-listtype")
        for entry in cases.root.elements {
            let schema = try document(entry.field("schema"))
            let faults = CustomObjectCheck.duplicates(in: try document(entry.field("object")), CustomShape(schema.root))
            let expected = entry.field("expect").field("errors").elements.map { plain($0.field("field").string) }
            let found = faults.map { plain("root." + $0.path.fieldPath) }
            #expect(found.sorted() == expected.sorted(), "\(entry.field("name").string)")
        }
    }

    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func unknownFieldsAreDropped() throws {
        let cases = try Self.cases("k8s-schema/crd-prune")
        for entry in cases.root.elements {
            let schema = try document(entry.field("schema"))
            let object = try document(entry.field("object"))
            let result = Document { arena in
                var pruning = Pruning(in: arena)
                let value = pruning.pruned(
                    object.root, entry.field("schema").isDefined ? CustomShape(schema.root) : nil,
                    isResource: entry.field("isRoot").isTrue)
                let expected = Set(entry.field("expect").field("pruned").elements.map { plain($0.string) })
                #expect(
                    Set(pruning.dropped.map { plain($0.jsonPointer.replacing("/", with: ".").dropFirst().description) })
                        .count == expected.count)
                return value
            }
            #expect(result.root == entry.field("expect").field("object"), "\(entry.field("name").string)")
        }
    }

    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func defaultsAreFilledIn() throws {
        let cases = try Self.cases("k8s-schema/crd-default")
        for entry in cases.root.elements {
            let schema = try document(entry.field("schema"))
            let object = try document(entry.field("object"))
            let result = Document { Defaulting(in: $0).defaulted(object.root, CustomShape(schema.root)) }
            #expect(result.root == entry.field("expect").field("object"), "\(entry.field("name").string)")
        }
    }

    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func resourcesOfRealDefinitions() throws {
        let folder = ConformanceData.url(of: "kubernetes/crds/definitions")
        let cases = try Self.cases("crds/cases")
        var checks: [String: ObjectCheck] = [:]
        for entry in cases.root.elements {
            let definition = entry.field("crd").string
            if checks[definition] == nil {
                var kinds = CustomKinds()
                let bytes = try ConformanceData.bytes(of: folder.appendingPathComponent("\(definition).yaml"))
                for document in YAMLReader().read(SourceFile(path: definition, bytes: bytes)).documents {
                    kinds.add(document)
                }
                checks[definition] = ObjectCheck(custom: kinds)
            }
            let manifest = YAMLReader().read(SourceFile(path: "m.yaml", text: entry.field("manifest").string))
            guard
                case .checked(let faults) = try #require(checks[definition]).check(
                    try #require(manifest.documents.first))
            else {
                Issue.record("\(entry.field("name").string) is of an unknown kind")
                continue
            }
            let expect = entry.field("expect")
            let name = entry.field("name").string
            if expect.field("valid").isTrue {
                #expect(faults.isEmpty, "\(name): \(faults.map(\.message))")
            } else if !onlyRules(expect) {
                #expect(!faults.isEmpty, "\(name)")
            }
        }
    }

    /// Fractions without an exact value count as go-openapi counts them; kinds of embedded objects are names.
    @Test(arguments: [
        ("{n: 1.4}", true), ("{n: 0.3}", true), ("{n: -0.3}", true), ("{n: 14}", true), ("{n: 0.35}", false),
        ("{e: {apiVersion: v1, kind: Pod}}", true), ("{e: {apiVersion: v1, kind: X Y}}", false),
        ("{e: {apiVersion: v1, kind: 1x}}", false),
    ])
    func valuesOfDefinitions(spec: String, isValid: Bool) throws {
        let properties =
            "{n: {type: number, multipleOf: 0.1}, e: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}}"
        let definition = """
            {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: foos.a.b}, spec: {group: a.b,
             scope: Namespaced, names: {plural: foos, kind: Foo}, versions: [{name: v1, served: true, storage: true,
             schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: \(properties)}}}}}]}}
            """
        var kinds = CustomKinds()
        for document in YAMLReader().read(SourceFile(path: "d.yaml", text: definition)).documents { kinds.add(document) }
        let object = "{apiVersion: a.b/v1, kind: Foo, metadata: {name: a}, spec: \(spec)}"
        let document = try #require(YAMLReader().read(SourceFile(path: "m.yaml", text: object)).documents.first)
        guard case .checked(let faults) = ObjectCheck(custom: kinds).check(document) else {
            Issue.record("the kind is unknown")
            return
        }
        #expect(faults.isEmpty == isValid, "\(faults.map(\.message))")
    }

    /// Whether nothing but rules in the expression language, which are not evaluated, is broken.
    private func onlyRules(_ expect: Value) -> Bool {
        if expect.field("unknownFields").count > 0, expect.field("unknownFields").kind == .array { return false }
        return expect.field("errors").elements.allSatisfy {
            $0.field("type").string == "FieldValueInvalid" && !$0.field("detail").string.contains("in body")
        }
    }
}
