import Diagnostics
import Documents
import Inputs
import Remedies
import Testing

/// Changes of texts in many layouts, against the same change of the object.
@Suite struct FixedTextTests {
    /// What is changed: an operation of JSON Patch (the missing parents apart) and what else the edit may do to lists.
    private static let changes: [(kind: FixOperation.Kind, path: String, value: String)] = [
        (.replace, "/spec/template/spec/containers/0/securityContext/privileged", "false"),
        (.add, "/spec/template/spec/containers/0/securityContext/privileged", "false"),
        (.add, "/spec/template/spec/containers/0/securityContext/runAsNonRoot", "true"),
        (.add, "/spec/template/spec/containers/0/securityContext/runAsUser", "10001"),
        (.add, "/spec/template/spec/containers/0/securityContext/seccompProfile/type", "\"RuntimeDefault\""),
        (.add, "/spec/template/spec/containers/1/securityContext/capabilities/drop", "[\"ALL\"]"),
        (.add, "/spec/template/spec/containers/0/imagePullPolicy", "\"Always\""),
        (.replace, "/spec/template/spec/containers/0/image", "\"a:2@sha256:0\""),
        (.add, "/spec/template/spec/containers/1/ports", "[{\"containerPort\": 80, \"name\": \"on\"}]"),
        (.add, "/spec/template/spec/containers/1/resources", "{\"limits\": {\"memory\": \"1Gi\"}, \"requests\": {}}"),
        (.remove, "/spec/template/spec/hostPID", ""),
        (.remove, "/spec/replicas", ""),
        (.remove, "/spec/template/spec/containers/0/name", ""),
        (.remove, "/spec/template/spec/containers/0/securityContext/privileged", ""),
        (.remove, "/spec/template/spec/containers/1/image", ""),
        (.add, "/spec/template/spec/automountServiceAccountToken", "false"),
        (.add, "/spec/strategy/rollingUpdate/maxSurge", "\"25%\""),
        (.replace, "/spec/replicas", "3"),
        (.add, "/metadata/labels/team", "\"yes\""),
        (.add, "/metadata/annotations/example.com~1owner", "\"- a: b # c\""),
        (.add, "/metadata/namespace", "\"shop\""),
        (.add, "/spec/template/metadata/labels", "{\"app\": \"web\", \"n\": \"1\"}"),
    ]

    @Test(arguments: Layout.all)
    func changesOneThing(_ layout: Layout) throws {
        let isJSON = layout.style == .json || layout.style == .tightJSON
        let source = SourceFile(path: isJSON ? "a.json" : "a.yaml", text: layout.text)
        let objects = ResourceReader().read(source)
        try #require(objects.diagnostics.isEmpty && objects.resources.count == layout.object + 1)
        for change in Self.changes {
            let path = try #require(DocumentPath(parsing: change.path))
            let document = try Self.value(change.value)
            let operation = FixOperation(change.kind, path, change.kind == .remove ? .undefined : document.root)
            let fixed: SourceFile?
            do { fixed = try FixedText.make(source, object: layout.object, [operation]) } catch {
                Issue.record("\(change.path): \(error.reason)")
                continue
            }
            let result = try #require(fixed, "\(change.path) changes nothing")
            let found = ResourceReader().read(result)
            try #require(found.resources.count == objects.resources.count, "\(change.path)")
            let now = found.resources[layout.object].document.value(at: path)
            #expect(change.kind == .remove ? now.isUndefined : now == document.root, "\(change.path)")
            #expect(
                Self.leaves(objects.resources[layout.object].value, but: path)
                    == Self.leaves(found.resources[layout.object].value, but: path))
            expectOneEdit(source.bytes, result.bytes, change.path)
            let again = try FixedText.make(result, object: layout.object, change.kind == .remove ? [] : [operation])
            #expect(again == nil, "\(change.path) is made twice")
        }
    }

    /// All texts outside of one stretch of a few lines are kept; comments of removed lines go with them.
    private func expectOneEdit(_ old: [UInt8], _ new: [UInt8], _ what: String) {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let room = min(old.count, new.count) - start
        let end = zip(old.reversed(), new.reversed()).prefix(room).prefix { $0 == $1 }.count
        let gone = old[start..<old.count - end]
        #expect(gone.count { $0 == UInt8(ascii: "\n") } <= 1, "\(what) removes \(String(decoding: gone, as: UTF8.self))")
        #expect(
            new.count { $0 == 0x0D } == 0 || new.count { $0 == 0x0D } == new.count { $0 == 0x0A }, "\(what): line ends differ")
    }

    @Test(arguments: [
        ("an alias", "a: &x {b: 1}\nc: *x\n", "/c/b", "the value is an alias of an anchor"),
        ("an anchor in use", "a: &x {b: 1}\nc: *x\n", "/a/b", "the value has an anchor that is used elsewhere"),
        ("a merge", "a: &x {b: 1}\nc: {<<: *x}\n", "/c/b", "the value is merged from an anchor"),
        ("a tag", "a: !!str 1\n", "/a", "the value has a tag"),
        ("a block of text", "a: |\n  b\n", "/a", "the value is a block of text"),
        ("several lines", "a:\n  b: 2\n", "/a", "a value of several lines stands there"),
    ])
    func refuses(_ name: String, _ rest: String, _ path: String, _ reason: String) throws {
        let source = SourceFile(path: "a.yaml", text: "apiVersion: v1\nkind: Test\n" + rest)
        let value = try Self.value("7")
        let operation = FixOperation(.replace, try #require(DocumentPath(parsing: path)), value.root)
        #expect(throws: FixRefusal(reason: reason)) { try FixedText.make(source, object: 0, [operation]) }
    }

    @Test(arguments: [
        ("a longer name", "a: &x {b: 1}\nc: &xy 2\nd: *xy\n", "a: &x {b: 7}\nc: &xy 2\nd: *xy\n"),
        ("other line ends above", "a:\r\n  c: 1\r\n", "a:\r\n  c: 1\r\n  b: 7\r\n"),
        ("no last line end", "a:\r\n  c: 1", "a:\r\n  c: 1\r\n  b: 7"),
        ("a tag of a mapping", "a: !!map\n  c: 1\n", "a: !!map\n  c: 1\n  b: 7\n"),
        ("lines of flow style", "a: {\r\n  c: 1\r\n}\r\n", "a: {\r\n  c: 1,\r\n  b: 7\r\n}\r\n"),
    ])
    func changesUnusualTexts(_ name: String, _ rest: String, _ result: String) throws {
        let head = "\u{FEFF}apiVersion: v1\nkind: Test\n"
        let value = try Self.value("7")
        let operation = FixOperation(.replace, try #require(DocumentPath(parsing: "/a/b")), value.root)
        let fixed = try FixedText.make(SourceFile(path: "a.yaml", text: head + rest), object: 0, [operation])
        #expect(fixed.map { String(decoding: $0.bytes, as: UTF8.self) } == head + result, "\(name)")
    }

    private static func value(_ text: String) throws -> Document {
        let source = SourceFile(path: "value.json", text: "{\"v\": \(text.isEmpty ? "null" : text)}")
        let holder = try #require(YAMLReader().read(source).documents.first)
        return Document(arena: Arena.make(), root: holder.root.field("v"), rootSpan: holder.rootSpan, partOf: holder)
    }

    /// All scalars with their paths, but for those at or below a path.
    private static func leaves(_ value: Value, but path: DocumentPath, at steps: [DocumentPath.Step] = []) -> [String] {
        if steps == path.steps { return [] }
        switch value.kind {
        case .object:
            return value.keys.indices.flatMap { leaves(value.values[$0], but: path, at: steps + [.key(value.keys[$0].string)]) }
        case .array: return value.elements.indices.flatMap { leaves(value.elements[$0], but: path, at: steps + [.index($0)]) }
        default: return ["\(DocumentPath(steps).jsonPointer)=\(JSONWriter.string(value))"]
        }
    }
}
