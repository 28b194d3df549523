import Diagnostics
import Documents
import Schemas
import Testing

/// What the API server takes as the schema of a CustomResourceDefinition, beyond what `FurtherRuleTests` asks.
struct DefinitionRuleTests {
    private static let root = "spec.versions[0].schema.openAPIV3Schema"

    private func definition(_ schema: String, subresources: String = "{}") -> String {
        """
        {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: foos.a.b}, spec: {group: a.b,
         scope: Namespaced, names: {plural: foos, kind: Foo}, versions: [{name: v1, served: true, storage: true,
         subresources: \(subresources), schema: {openAPIV3Schema: \(schema)}}]}}
        """
    }

    /// What a condition says of a text `b` in an object, and the place in it that is told.
    @Test(arguments: [
        ("default: c", ".default"), ("default: false", ".default"), ("default: ''", ".default"), ("default: {}", ".default"),
        ("default: null", nil), ("x-kubernetes-map-type: ''", ".x-kubernetes-map-type"),
        ("x-kubernetes-list-type: ''", ".x-kubernetes-list-type"), ("dependencies: {}", ".dependencies"), ("$ref: ''", "[$ref]"),
        ("$schema: a", "[$schema]"), ("definitions: {}", nil), ("type: ''", nil), ("description: ''", nil),
        ("nullable: true", ".nullable"), ("nullable: false", nil), ("type: string", ".type"),
        ("externalDocs: {url: c}", nil), ("title: c", ".title"), ("description: c", ".description"),
        ("additionalProperties: false", ".additionalProperties"),
        ("additionalProperties: {minLength: 1}", ".additionalProperties"),
        ("x-kubernetes-preserve-unknown-fields: true", ".x-kubernetes-preserve-unknown-fields"),
        ("x-kubernetes-int-or-string: true", ".x-kubernetes-int-or-string"),
        ("x-kubernetes-embedded-resource: true", ".x-kubernetes-embedded-resource"),
        ("x-kubernetes-list-type: set", ".x-kubernetes-list-type"),
        ("x-kubernetes-map-type: atomic", ".x-kubernetes-map-type"),
        ("x-kubernetes-validations: [{rule: 'true'}]", ".x-kubernetes-validations"),
        ("pattern: '('", ".pattern"), ("pattern: 'a'", nil), ("uniqueItems: true", ".uniqueItems"), ("minLength: 1", nil),
    ])
    func conditions(field: String, place: String?) throws {
        let ways = [
            ("anyOf: [{minProperties: 1}, {properties: {b: {\(field)}}}]", ".anyOf[1].properties.b"),
            ("not: {properties: {b: {\(field)}}}", ".not.properties.b"),
            ("allOf: [{oneOf: [{properties: {b: {\(field)}}}]}]", ".allOf[0].oneOf[0].properties.b"),
            ("allOf: [{properties: {c: {items: {\(field)}}}}]", ".allOf[0].properties.c.items"),
        ]
        for (condition, path) in ways {
            let schema =
                "{type: object, properties: {a: {type: object, properties: {b: {type: string}, c: {type: array, items: {type: string}}}, \(condition)}}}"
            try FaultPlaces.expect(definition(schema), place.map { "\(Self.root).properties.a\(path)\($0)" })
        }
    }

    /// A property of the schema and the place in it that is told.
    @Test(arguments: [
        ("{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}", nil),
        ("{x-kubernetes-int-or-string: true, type: string}", nil), ("{x-kubernetes-int-or-string: true, type: text}", ".type"),
        ("{x-kubernetes-int-or-string: true, anyOf: [{type: string}, {type: integer}]}", ".anyOf[0].type .anyOf[1].type"),
        (
            "{x-kubernetes-int-or-string: true, anyOf: [{type: integer, minimum: 1}, {type: string}]}",
            ".anyOf[0].type .anyOf[1].type"
        ),
        ("{x-kubernetes-int-or-string: true, oneOf: [{type: integer}, {type: string}]}", ".oneOf[0].type .oneOf[1].type"),
        (
            "{x-kubernetes-int-or-string: true, allOf: [{pattern: a}, {anyOf: [{type: integer}, {type: string}]}]}",
            ".allOf[1].anyOf[0].type .allOf[1].anyOf[1].type"
        ),
        (
            "{x-kubernetes-int-or-string: true, x-kubernetes-preserve-unknown-fields: true}",
            ".x-kubernetes-preserve-unknown-fields"
        ),
        ("{x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}", ".type"),
        (
            "{type: object, properties: {metadata: {type: object}}, not: {properties: {metadata: {minProperties: 9}}}}",
            ".not.properties.metadata"
        ),
        (
            "{type: object, x-kubernetes-embedded-resource: true, properties: {kind: {type: integer}}}",
            ".properties.kind.type"
        ),
        (
            "{type: object, x-kubernetes-embedded-resource: true, properties: {metadata: {type: object, properties: {labels: {type: object, additionalProperties: {type: string, default: a}}}}}}",
            ".properties.metadata.properties.labels.additionalProperties.default"
        ),
        ("{type: array, items: [{type: string}]}", ".items"),
        ("{type: object, additionalProperties: true, properties: {b: {type: string}}}", nil),
        ("{type: object, additionalProperties: {type: string}, properties: {b: {type: string}}}", ".additionalProperties"),
        ("{type: object, additionalProperties: {type: string}, properties: {}}", nil),
        ("{type: string, x-kubernetes-map-type: atomic}", ".type"),
        ("{type: object, x-kubernetes-map-type: ''}", ".x-kubernetes-map-type"),
        ("{type: array, items: {type: string}, x-kubernetes-list-type: ''}", ".x-kubernetes-list-type"),
        ("{type: string, $ref: ''}", "[$ref]"), ("{type: string, $schema: a}", "[$schema]"), ("{type: string, $schema: ''}", nil),
        ("{type: string, id: ''}", nil), ("{type: string, dependencies: {}}", ".dependencies"),
        (
            "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [b], items: {x-kubernetes-preserve-unknown-fields: true, properties: {b: {type: string}}, required: [b]}}",
            ".items.type"
        ),
        ("{type: object, x-kubernetes-map-type: other}", ".x-kubernetes-map-type"),
        ("{type: array, x-kubernetes-list-type: set, items: {type: string, nullable: true}}", ".items.nullable"),
        (
            "{type: array, x-kubernetes-list-type: set, items: {type: array, x-kubernetes-list-type: set, items: {type: string}}}",
            ".items.x-kubernetes-list-type"
        ),
        ("{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [b], items: {type: string}}", ".items.type"),
    ])
    func properties(property: String, places: String?) throws {
        let found = try FaultPlaces.of(definition("{type: object, properties: {a: \(property)}}"))
        let expected = places.map { $0.split(separator: " ").map { "\(Self.root).properties.a\($0)" } } ?? []
        #expect(found == expected)
    }

    /// A key of a list of type map, and the place in it that is told.
    @Test(arguments: [
        ("type: string", nil), ("type: boolean", nil), ("type: object", ".type"), ("type: array, items: {type: string}", ".type"),
        ("type: string, nullable: true", ".nullable"),
    ])
    func keysOfLists(key: String, place: String?) throws {
        let list =
            "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [b], items: {type: object, required: [b], properties: {b: {\(key)}}}}"
        try FaultPlaces.expect(
            definition("{type: object, properties: {a: \(list)}}"),
            place.map { "\(Self.root).properties.a.items.properties.b\($0)" })
    }

    /// A default and the place that is told: it fits the schema beside it as it stands, with known fields only.
    @Test(arguments: [
        ("{type: object, properties: {b: {type: string}}, default: {c: d}}", ".default.c"),
        ("{type: object, properties: {b: {type: string}}, default: {b: null}}", ".default.b"),
        ("{type: object, properties: {b: {type: string, default: x}}, required: [b], default: {}}", ".default.b"),
        ("{type: object, x-kubernetes-preserve-unknown-fields: true, default: {c: d}}", nil),
        ("{type: object, additionalProperties: {type: string}, default: {c: d}}", nil),
        ("{type: object, additionalProperties: {type: string, enum: [a], default: b}}", nil),
        ("{type: string, default: null}", nil),
        (
            "{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true, default: {apiVersion: v1}}",
            ".default.kind"
        ),
    ])
    func defaults(property: String, place: String?) throws {
        try FaultPlaces.expect(
            definition("{type: object, properties: {a: \(property)}}"), place.map { "\(Self.root).properties.a\($0)" })
    }

    /// The schema as a whole.
    @Test(arguments: [
        ("{type: object, properties: {metadata: {type: object}}}", "{}", nil),
        (
            "{type: object, properties: {metadata: {type: object, properties: {generateName: {type: string, maxLength: 9}}}}}",
            "{}", nil
        ),
        ("{type: object, properties: {metadata: {type: object, maxProperties: 3}}}", "{}", ".properties.metadata.maxProperties"),
        ("{type: object, properties: {metadata: {type: string}}}", "{}", ".properties.metadata.type"),
        ("{type: object, properties: {kind: {type: integer}}}", "{}", ".properties.kind.type"),
        ("{type: object, properties: {kind: {type: string, default: Foo}}}", "{}", ".properties.kind.default"),
        ("{type: object, properties: {metadata: {type: object, example: a, externalDocs: {url: b}}}}", "{}", nil),
        ("{x-kubernetes-preserve-unknown-fields: true}", "{}", nil),
        ("{x-kubernetes-preserve-unknown-fields: true}", "{status: {}}", nil),
        ("{x-kubernetes-int-or-string: true}", "{}", nil), ("{properties: {}}", "{}", ".type"),
        ("{x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}", "{}", ".type"),
        ("{type: array, items: {type: string}}", "{}", ".type"),
        ("{type: object, nullable: true}", "{}", ".nullable"),
        ("{type: object, additionalProperties: {type: string}}", "{}", ".additionalProperties"),
        ("{type: object, minProperties: 1}", "{}", nil), ("{type: object, minProperties: 1}", "{status: {}}", ".minProperties"),
        ("{type: object, not: {required: [x]}}", "{status: {}}", ".not"),
        ("{type: object, default: {}}", "{status: {}}", ".default"), ("{type: object, enum: []}", "{status: {}}", ".enum"),
        ("{type: object, default: {}}", "{}", nil), ("{type: object, anyOf: []}", "{status: {}}", ".anyOf"),
        ("{type: object, x-kubernetes-int-or-string: false}", "{status: {}}", nil),
        ("{type: object, required: [spec], properties: {spec: {type: object}}}", "{status: {}}", nil),
    ])
    func roots(schema: String, subresources: String, place: String?) throws {
        try FaultPlaces.expect(definition(schema, subresources: subresources), place.map { Self.root + $0 })
    }

    @Test func selectorsOfScale() throws {
        let paths = "specReplicasPath: .spec.size, statusReplicasPath: .status.size"
        for (path, isSound) in [(".status.selector", true), (".spec.selector", true), ("selector", false)] {
            try FaultPlaces.expect(
                definition("{type: object}", subresources: "{scale: {\(paths), labelSelectorPath: \(path)}}"),
                isSound ? nil : "spec.versions[0].subresources.scale.labelSelectorPath")
        }
    }

    /// The texts of a rule for expressions, and the place that is told.
    @Test(arguments: [
        ("rule: 'true'", nil), ("rule: ' '", ".rule"), ("rule: \"a\\nb\"", ".message"), ("rule: \"a\\rb\"", ".message"),
        ("rule: \"\\na\\n\"", nil), ("rule: \"a\\nb\", message: c", nil), ("rule: a, message: \"b\\nc\"", ".message"),
        ("rule: a, message: \"b\\n\"", nil), ("rule: a, message: ' '", ".message"), ("rule: a, message: ''", nil),
        ("rule: a, messageExpression: ' '", ".messageExpression"), ("rule: a, messageExpression: b", nil),
        ("rule: a, fieldPath: ' '", ".fieldPath"), ("rule: a, fieldPath: \".b\\n\"", ".fieldPath"),
        ("rule: a, fieldPath: .b", nil),
    ])
    func textsOfRules(rule: String, place: String?) throws {
        let schema = "{type: object, properties: {b: {type: string}}, x-kubernetes-validations: [{\(rule)}]}"
        try FaultPlaces.expect(
            definition("{type: object, properties: {a: \(schema)}}"),
            place.map { "\(Self.root).properties.a.x-kubernetes-validations[0]\($0)" })
    }

    /// Paths of fields that can be selected, and of columns.
    @Test(arguments: [
        (".spec.a", true, true), (".spec.m.k", true, true), (".spec.l[0]", false, true), (".spec['a']", false, true),
        (".metadata.name", false, true), ("spec.a", false, false), (".spec.q", false, true), (".spec", false, true),
        (".spec.", false, true), (".", false, true),
    ])
    func paths(path: String, isSelectable: Bool, isColumn: Bool) throws {
        let schema = """
            {type: object, properties: {metadata: {type: object, properties: {name: {type: string}}}, spec: {type: object, properties:
             {a: {type: string}, l: {type: array, items: {type: string}}, m: {type: object, additionalProperties: {type: string}}}}}}
            """
        let version = "spec.versions[0]"
        try FaultPlaces.expect(
            definition(schema, subresources: "{}, selectableFields: [{jsonPath: \"\(path)\"}]"),
            isSelectable ? nil : "\(version).selectableFields[0].jsonPath")
        try FaultPlaces.expect(
            definition(schema, subresources: "{}, additionalPrinterColumns: [{name: A, type: string, jsonPath: \"\(path)\"}]"),
            isColumn ? nil : "\(version).additionalPrinterColumns[0].jsonPath")
    }

    @Test(arguments: [("date-time", true), ("int32", true), ("", true), ("uuid", false)])
    func formatsOfColumns(format: String, isSound: Bool) throws {
        let column = "{name: A, type: string, jsonPath: .a, format: '\(format)'}"
        try FaultPlaces.expect(
            definition("{type: object}", subresources: "{}, additionalPrinterColumns: [\(column)]"),
            isSound ? nil : "spec.versions[0].additionalPrinterColumns[0].format")
    }

    /// What is said in the schema of a kind that is defined twice counts where it says something of values.
    @Test(arguments: [
        ("{type: string, description: d}", "{type: string, title: e}", true), ("{type: string}", "{type: integer}", false),
        ("{type: array, items: {type: string, description: d}}", "{type: array, items: {type: string}}", true),
        ("{type: string, anyOf: [{minLength: 1}]}", "{type: string, anyOf: [{minLength: 2}]}", false),
        ("{type: object, properties: {title: {type: string}}}", "{type: object, properties: {example: {type: string}}}", false),
        ("{type: object, default: {title: a}}", "{type: object, default: {title: b}}", false),
        (
            "{type: object, additionalProperties: {type: string, example: a}}",
            "{type: object, additionalProperties: {type: string}}", true
        ),
    ])
    func likeness(first: String, second: String, isAlike: Bool) throws {
        var kinds = CustomKinds()
        let told = try [first, second].map { property in
            let text = definition("{type: object, properties: {a: \(property)}}")
            return kinds.add(try #require(YAMLReader().read(SourceFile(path: "d.yaml", text: text)).documents.first))
        }
        #expect(told[0] == nil)
        #expect((told[1] == nil) == isAlike)
    }
}
