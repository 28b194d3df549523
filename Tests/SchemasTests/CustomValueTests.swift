import Diagnostics
import Documents
import Schemas
import TestSupport
import Testing

/// Values of custom resources: formats, and objects of the API inside them.
struct CustomValueTests {
    private func faults(_ property: String, _ value: String) throws -> [Fault] {
        let definition = """
            {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: foos.a.b}, spec: {group: a.b,
             scope: Namespaced, names: {plural: foos, kind: Foo}, versions: [{name: v1, served: true, storage: true,
             schema: {openAPIV3Schema: {type: object, properties: {v: {\(property)}}}}}]}}
            """
        var kinds = CustomKinds()
        for document in YAMLReader().read(SourceFile(path: "d.yaml", text: definition)).documents { kinds.add(document) }
        let object = "{apiVersion: a.b/v1, kind: Foo, metadata: {name: a}, v: \(value)}"
        let document = try #require(YAMLReader().read(SourceFile(path: "m.yaml", text: object)).documents.first)
        guard case .checked(let faults) = ObjectCheck(custom: kinds).check(document) else {
            Issue.record("the kind is unknown")
            return []
        }
        return faults
    }

    /// Texts that the API server takes for a format, and texts that it does not.
    @Test(arguments: [
        ("isbn10", ["0-306-40615-2", "080442957X", "0 306 40615 2"], ["0306406153", "978-0-306-40615-7", "", "08044 2957x"]),
        ("isbn13", ["978-0-306-40615-7", "9780306406157"], ["9780306406158", "0306406152"]),
        ("isbn", ["9780306406157", "0306406152"], ["1234567890", "a"]),
        ("creditcard", ["4111 1111 1111 1111", "378282246310005", "30569309025904"], ["4111111111111112", "1234", ""]),
        ("ssn", ["123-45-6789", "123 45 6789"], ["123456789", "123-45-678", "12-345-6789"]),
        ("rgbcolor", ["rgb(1,2,3)", "rgb( 0 , 255,10 )"], ["rgb(256,0,0)", "rgb(01,0,0)", "rgb(1,2)", "rgba(1,2,3,0)", "red"]),
        ("hexcolor", ["#fff", "a1B2c3"], ["#ffff", "#ggg", ""]),
        ("bsonobjectid", ["507f1f77bcf86cd799439011"], ["507f1f77bcf86cd79943901", "507f1f77bcf86cd79943901g"]),
        (
            "mac", ["01:23:45:67:89:ab", "01-23-45-67-89-ab-cd-ef", "0123.4567.89ab"],
            ["01:23:45-67:89:ab", "01:23:45:67:89", "01:23:45:67:89:g0"]
        ),
        (
            "uuid", ["f47ac10b-58cc-0372-8567-0e02b2c3d479", "f47ac10b58cc037285670e02b2c3d479"],
            ["f47ac10-b58cc-0372-8567-0e02b2c3d479", "x"]
        ),
        ("uuid3", ["f47ac10b-58cc-3372-0567-0e02b2c3d479"], ["f47ac10b-58cc-4372-8567-0e02b2c3d479"]),
        ("uuid4", ["f47ac10b-58cc-4372-A567-0e02b2c3d479"], ["f47ac10b-58cc-4372-0567-0e02b2c3d479"]),
        ("uuid5", ["f47ac10b-58cc-5372-8567-0e02b2c3d479"], ["f47ac10b-58cc-4372-8567-0e02b2c3d479"]),
        ("byte", ["YQ==", "YWJj"], ["", "YQ", "YWJj\\nYWJj", "a-_b"]),
        ("date", ["2026-02-28"], ["2026-02-30", "2026-2-3", "20260228"]),
        (
            "date-time", ["2026-01-31T08:00:00Z", "2026-01-31t08:00:00.5z", "2026-01-31T08:00:00+99:99"],
            ["2026-01-31T24:00:00Z", "2026-01-31T08:00:60Z", "2026-01-31 08:00:00Z", "2026-01-31T08:00:00", "2026-01-31T08:00Z"]
        ),
        ("duration", ["1h30m", "3 weeks", "0", "about 2 days", "5 µs"], ["3", "weeks", "", "3 months", "3 years"]),
        ("ipv4", ["10.0.0.1", "::ffff:10.0.0.1"], ["10.0.0", "10.0.0.256", "010.0.0.1", "::1"]),
        ("ipv6", ["::1", "::ffff:10.0.0.1"], ["10.0.0.1", "1::2::3"]),
        ("cidr", ["10.0.0.0/8", "fd00::/64"], ["10.0.0.0", "10.0.0.0/33"]),
        (
            "hostname", ["a", "example.org", "a-b.example.org", "m-yhost", "xn--a.example.org", "straße.de"],
            ["", "my-host", "a.b1", "10.0.0.1", "-a.org", "a_b.org", "example.org."]
        ),
        (
            "uri", ["https://a.b/c?d=%zz", "/a/b", "mailto:a@b", "http://[::1]:80/", "*", "http://a.b:/"],
            ["", "a/b", "1a:b", ":a", "http://a b/", "http://a.b:x/", "http://a.b/%zz", "//a\\tb"]
        ),
        (
            "email", ["a@b", "A B <a@b.org>", "<a@b.org>", "\\\"a b\\\"@c.org", "a@b.org (c)"],
            ["a", "a@", "@b", "a b@c", "a..b@c", "a@b@c", "A <a@b", ".a@b"]
        ),
        ("password", ["", "x"], []), ("unknown", ["anything"], []),
    ])
    func formats(format: String, sound: [String], others: [String]) throws {
        for text in sound {
            let found = try faults("type: string, format: \(format)", "\"\(text)\"")
            #expect(found.isEmpty, "\(text): \(found.map(\.message))")
        }
        for text in others { #expect(try faults("type: string, format: \(format)", "\"\(text)\"").count == 1, "\(text)") }
    }

    /// Conditions see what the server fills in.
    @Test(arguments: [
        ("{}", true), ("{mode: null}", true), ("{mode: b}", true), ("{mode: b, size: 1}", true), ("{size: 1}", false),
        ("{inner: {}}", true), ("{inner: {b: 2}}", false), ("{list: [{}]}", true), ("{list: [{b: 2}]}", false),
    ])
    func conditionsOnDefaults(value: String, isSound: Bool) throws {
        let one = "{type: object, properties: {a: {type: integer, default: 1}, b: {type: integer}}, not: {required: [a, b]}}"
        let property = """
            type: object, anyOf: [{required: [mode]}, {required: [size]}],
            not: {required: [mode, size], properties: {mode: {enum: [a]}}},
            properties: {mode: {type: string, default: a}, size: {type: integer}, inner: \(one), list: {type: array, items: \(one)}}
            """
        let found = try faults(property, value)
        #expect(found.isEmpty == isSound, "\(found.map(\.message))")
    }

    /// A property, a value of it and the place that is told: the server drops null where it may not stand and has no default,
    /// and then null is a value, also for conditions; but only the type and `enum` are asked of it.
    @Test(arguments: [
        ("properties: {a: NULLABLE, b: TEXT}, oneOf: [{required: [a]}, {required: [b]}]", "{a: null, b: x}", "v"),
        ("properties: {a: NULLABLE}, not: {required: [a]}", "{a: null}", "v"),
        ("properties: {a: NULLABLE}, allOf: [{required: [a]}]", "{a: null}", nil),
        ("properties: {a: NULLABLE, b: TEXT}, anyOf: [{required: [a]}, {required: [b]}]", "{a: null}", nil),
        ("properties: {a: TEXT, b: TEXT}, anyOf: [{required: [a]}, {required: [b]}]", "{a: null}", "v"),
        ("properties: {a: NULLABLE}, required: [a], not: {properties: {a: {minLength: 1}}, minProperties: 2}", "{a: null}", nil),
        ("properties: {a: NULLABLE}, not: {properties: {a: {enum: [x]}}}", "{a: null}", nil),
        ("properties: {a: {type: string, nullable: true, default: x}}, not: {properties: {a: {enum: [x]}}}", "{a: null}", nil),
        ("properties: {a: {type: string, nullable: true, enum: [x]}}", "{a: null}", "v.a"),
        ("properties: {a: {type: integer, nullable: true, enum: [1]}}", "{a: null}", "v.a"),
        ("properties: {a: {type: string, enum: [x]}}", "{a: null}", nil),
        ("x-kubernetes-preserve-unknown-fields: true, not: {required: [k]}", "{k: null}", "v"),
        ("x-kubernetes-preserve-unknown-fields: true, anyOf: [{required: [k]}]", "{k: null}", nil),
        ("x-kubernetes-preserve-unknown-fields: true, required: [k]", "{k: null}", nil),
        ("properties: {a: TEXT}, required: [a]", "{a: null}", "v.a"),
        ("properties: {a: TEXT}, minProperties: 1", "{a: null}", "v"),
        ("properties: {a: TEXT, b: TEXT}, maxProperties: 1", "{a: null, b: x}", nil),
        ("properties: {a: NULLABLE, b: TEXT}, maxProperties: 1", "{a: null, b: x}", "v"),
        ("additionalProperties: TEXT, maxProperties: 1", "{a: null, b: x}", nil),
        ("additionalProperties: NULLABLE, maxProperties: 1", "{a: null, b: x}", "v"),
        ("properties: {l: {type: array, items: TEXT}}", "{l: [null]}", "v.l[0]"),
        ("properties: {l: {type: array, items: NULLABLE}}", "{l: [null]}", nil),
        ("properties: {l: {type: array, items: {type: string, default: x}}}", "{l: [null]}", nil),
    ])
    func nulls(property: String, value: String, place: String?) throws {
        let schema = property.replacing("NULLABLE", with: "{type: string, nullable: true}")
            .replacing("TEXT", with: "{type: string}")
        let found = try faults("type: object, \(schema)", value)
        #expect(found.map(\.path.fieldPath) == (place.map { [$0] } ?? []), "\(found.map(\.message))")
    }

    /// Embedded objects and lists of type set and map are looked at with what the server fills in and drops.
    @Test(arguments: [
        ("type: array, x-kubernetes-list-type: set, items: ENTRY", "[{}, {a: x}]", "v[1]"),
        ("type: array, x-kubernetes-list-type: set, items: ENTRY", "[{}, {b: null}]", "v[1]"),
        ("type: array, x-kubernetes-list-type: set, items: ENTRY", "[{}, {b: x}]", nil),
        ("type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [a], items: ENTRY", "[{b: z}, {a: x}]", "v[1]"),
        ("EMBEDDED, properties: {apiVersion: {type: string, default: v1}, kind: {type: string}}", "{kind: Pod}", nil),
        ("EMBEDDED, properties: {apiVersion: {type: string, default: v1}, kind: {type: string}}", "{}", "v.kind"),
        ("EMBEDDED, properties: {apiVersion: {type: string, default: v1}, kind: {type: string, default: Pod}}", "{}", nil),
        ("EMBEDDED, properties: {apiVersion: {type: string}, kind: {type: string, default: a b}}", "{apiVersion: v1}", "v.kind"),
    ])
    func checksOfWhatIsFilledIn(property: String, value: String, place: String?) throws {
        let entry = """
            {type: object, x-kubernetes-map-type: atomic, properties: {a: {type: string, default: x}, b: {type: string}}}
            """
        let schema = property.replacing("ENTRY", with: entry)
            .replacing("EMBEDDED", with: "type: object, x-kubernetes-embedded-resource: true")
        let found = try faults(schema, value)
        #expect(found.map(\.path.fieldPath) == (place.map { [$0] } ?? []), "\(found.map(\.message))")
    }

    /// An embedded object with the metadata given, and the place that is told.
    @Test(arguments: [
        ("{}", nil), ("{name: A_b}", nil), ("{name: a/b}", "name"), ("{name: ..}", "name"), ("{generateName: a-}", nil),
        ("{generateName: 'a%'}", "generateName"), ("{name: 5}", "name"), ("{namespace: A}", "namespace"),
        ("{labels: {'a b': c}}", "labels['a b']"), ("{labels: {a: 'b c'}}", "labels.a"), ("{labels: {a: 1}}", "labels.a"),
        ("{annotations: {'a b': c}}", "annotations['a b']"), ("{finalizers: ['a b']}", "finalizers[0]"),
        ("{finalizers: ['']}", "finalizers[0]"), ("{finalizers: [orphan, foregroundDeletion]}", "finalizers"),
        ("{ownerReferences: [{apiVersion: v1, kind: Pod, name: a}]}", "ownerReferences[0].uid"),
        ("{ownerReferences: [{apiVersion: v1, kind: Pod, name: a, uid: b}]}", nil),
        ("{generation: -1}", "generation"), ("{nam: a}", "nam"), ("5", ""), ("null", nil),
    ])
    func embeddedMetadata(metadata: String, place: String?) throws {
        let property = "type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true"
        let found = try faults(property, "{apiVersion: v1, kind: Pod, metadata: \(metadata)}")
        let expected = place.map { $0.isEmpty ? "v.metadata" : "v.metadata.\($0)" }
        let plain = { (path: String) in path.replacing("\"", with: "'") }
        #expect(found.map { plain($0.path.fieldPath) } == (expected.map { [$0] } ?? []), "\(found.map(\.message))")
    }

    @Test(arguments: [
        ("{apiVersion: v1, kind: 5}", "v.kind"), ("{apiVersion: 1, kind: Pod}", "v.apiVersion"), ("{kind: Pod}", "v.apiVersion"),
    ])
    func embeddedTypes(object: String, place: String) throws {
        let property = "type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true"
        #expect(try faults(property, object).map(\.path.fieldPath) == [place])
    }
}
