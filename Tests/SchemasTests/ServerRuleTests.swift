import Diagnostics
import Documents
import Foundation
import Schemas
import TestSupport
import Testing

/// Rules of the API server that no schema has: what it refuses, and what it takes.
struct ServerRuleTests {
    private func faults(_ text: String, release: String = "1.36") throws -> [Fault] {
        let document = try #require(YAMLReader().read(SourceFile(path: "m.yaml", text: text)).documents.first)
        let range = try #require(ReleaseRange(release))
        guard case .checked(let faults) = ObjectCheck(releases: range).check(document) else { return [] }
        return faults
    }

    /// The server writes keys of maps in brackets, elements by number.
    private func plain(_ path: String) -> String {
        path.replacing("\"", with: "").replacing("[", with: ".").replacing("]", with: "")
    }

    private static func pod(_ spec: String, container: String = "") -> String {
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: app}
        spec:
          volumes: [{name: tmp, emptyDir: {}}, {name: disk, persistentVolumeClaim: {claimName: d}}]
          containers: [{name: app, image: app:1\(container.isEmpty ? "" : ", \(container)")}]
          \(spec)
        """
    }

    /// A toleration and the field of it that is told.
    @Test(arguments: [
        ("operator: Exists", nil, "1.36"), ("key: a", nil, "1.36"), ("key: a, operator: Equal, value: b", nil, "1.36"),
        ("operator: Equal, value: b", "operator", "1.36"), ("value: b", "operator", "1.36"),
        ("key: a, operator: Exists, value: b", "operator", "1.36"), ("key: a, operator: Equal, value: 'b c'", "value", "1.36"),
        ("key: a, operator: equal", "operator", "1.36"), ("key: 'a b'", "key", "1.36"),
        ("key: a, operator: Gt, value: '5'", nil, "1.36"), ("key: a, operator: Lt, value: '-5'", nil, "1.35"),
        ("key: a, operator: Gt, value: '5'", "operator", "1.34"), ("key: a, operator: Gt, value: b", "value", "1.36"),
        ("key: a, operator: Lt", "value", "1.36"), ("key: a, operator: Lt, value: '05'", "value", "1.36"),
        ("operator: Gt, value: '5'", "operator", "1.36"), ("key: a, effect: NoExecut", "effect", "1.36"),
        ("key: a, tolerationSeconds: 5", "effect", "1.36"),
    ])
    func tolerations(fields: String, place: String?, release: String) throws {
        let found = try faults(Self.pod("tolerations: [{\(fields)}]"), release: release)
        #expect(found.map(\.path.fieldPath) == (place.map { ["spec.tolerations[0].\($0)"] } ?? []), "\(found.map(\.message))")
    }

    /// A field of a container and the field that is told; nil for what the server takes.
    @Test(arguments: [
        ("lifecycle: {preStop: {sleep: {seconds: 31}}}", "lifecycle.preStop.sleep.seconds"),
        ("lifecycle: {preStop: {sleep: {seconds: 30}}}", nil),
        ("resources: {limits: {hugepages-2Mi: 2Mi}}", "resources"),
        ("resources: {limits: {hugepages-2Mi: 3Mi, cpu: 1}}", "resources.limits[hugepages-2Mi]"),
        ("resources: {limits: {hugepages-2Mi: 4Mi, cpu: 1}}", nil),
        ("resources: {claims: [{name: gpu}]}", "resources.claims[0].name"),
        (
            "env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 3}}}]",
            "env[0].valueFrom.resourceFieldRef.divisor"
        ),
        ("env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}]", nil),
        (
            "env: [{name: A, valueFrom: {fieldRef: {apiVersion: v2, fieldPath: metadata.name}}}]",
            "env[0].valueFrom.fieldRef.fieldPath"
        ),
        ("securityContext: {procMount: Unmasked}", "securityContext.procMount"),
        ("volumeDevices: [{name: tmp, devicePath: /dev/a}]", "volumeDevices[0].name"),
        ("volumeDevices: [{name: disk, devicePath: /dev/a}]", nil),
        ("resizePolicy: [{resourceName: disk, restartPolicy: NotRequired}]", "resizePolicy[0].resourceName"),
    ])
    func containers(field: String, place: String?) throws {
        let found = try faults(Self.pod("", container: field))
        let places = found.map { plain($0.path.fieldPath) }
        #expect(places == (place.map { [plain("spec.containers[0].\($0)")] } ?? []), "\(found.map(\.message))")
    }

    @Test(arguments: [
        ("hostUsers: false\n  hostPID: true", "spec.hostPID"),
        ("hostIPC: true\n  securityContext: {sysctls: [{name: kernel.sem, value: a}]}", "spec.securityContext.sysctls[0].name"),
        ("os: {name: windows}\n  securityContext: {runAsUser: 1}", "spec.securityContext.runAsUser"),
        ("os: {name: linux}\n  securityContext: {windowsOptions: {runAsUserName: a}}", "spec.securityContext.windowsOptions"),
        ("dnsConfig: {searches: [-a]}", "spec.dnsConfig.searches[0]"), ("dnsConfig: {searches: [_a.b.]}", nil),
        ("schedulingGates: [{name: a}]\n  nodeName: b", "spec.nodeName"),
        ("resourceClaims: [{name: a}]", "spec.resourceClaims[0]"),
        ("resources: {requests: {cpu: 2}, limits: {cpu: 1}}", "spec.resources.requests[cpu]"),
        (
            "topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [b]}]",
            "spec.topologySpreadConstraints[0].matchLabelKeys"
        ),
        ("imagePullSecrets: [{name: Some_Name}]", nil),
    ])
    func pods(spec: String, place: String?) throws {
        let found = try faults(Self.pod(spec))
        let places = found.map { plain($0.path.fieldPath) }
        #expect(places == (place.map { [plain($0)] } ?? []), "\(found.map(\.message))")
    }

    @Test(arguments: [
        (
            "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: '@daily', timeZone: Europe/Berlinn, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}}}",
            "spec.timeZone"
        ),
        (
            "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: '@daily', timeZone: Asia/Shanghai, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}}}",
            nil
        ),
        (
            "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {successPolicy: {rules: [{succeededCount: 1}]}, template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}",
            "spec.successPolicy"
        ),
        (
            "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {externalIPs: [127.0.0.1], ports: [{port: 80}]}}",
            "spec.externalIPs[0]"
        ),
        (
            "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ipFamilyPolicy: SingleStack, ipFamilies: [IPv4, IPv6], ports: [{port: 80}]}}",
            "spec.ipFamilyPolicy"
        ),
        (
            "{apiVersion: v1, kind: LimitRange, metadata: {name: a}, spec: {limits: [{type: pod, max: {cpu: 1}}]}}",
            "spec.limits[0].type"
        ),
        ("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [mine]}}", "metadata.finalizers[0]"),
        ("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [example.com/mine]}}", nil),
        (
            "{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {taints: [{key: a, effect: NoExecute}, {key: a, effect: NoExecute}]}}",
            "spec.taints[1]"
        ),
        (
            "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, dataSource: {kind: VolumeSnapshot, name: b}}}",
            "spec.dataSource"
        ),
        (
            "{apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: a}, spec: {request: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K, signerName: mine, usages: [client auth]}}",
            "spec.signerName"
        ),
    ])
    func kinds(text: String, place: String?) throws {
        let found = try faults(text)
        #expect(found.map { $0.path.fieldPath } == (place.map { [$0] } ?? []), "\(found.map(\.message))")
    }

    /// The schema of a definition, below `properties`.
    @Test(arguments: [
        ("size: {}", "size.type"), ("size: {type: int}", "size.type"), ("size: {type: array}", "size.items"),
        ("size: {type: integer, default: a}", "size.default"), ("size: {type: string, pattern: (}", "size.pattern"),
        ("size: {type: array, uniqueItems: true, items: {type: string}}", "size.uniqueItems"),
        (
            "size: {type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
            "size.additionalProperties"
        ),
        (
            "size: {type: array, x-kubernetes-list-type: map, items: {type: object, properties: {a: {type: string}}}}",
            "size.x-kubernetes-list-map-keys"
        ),
        ("size: {x-kubernetes-int-or-string: true}", nil), ("size: {x-kubernetes-preserve-unknown-fields: true}", nil),
        ("size: {type: object, additionalProperties: {type: array, items: {type: string, nullable: true, default: null}}}", nil),
    ])
    func definitions(property: String, place: String?) throws {
        let found = try faults(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: as.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: as, kind: A}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      \(property)
            """)
        let places = found.map { plain($0.path.fieldPath) }
        let root = "spec.versions.0.schema.openAPIV3Schema.properties."
        #expect(places == (place.map { [root + $0] } ?? []), "\(found.map(\.message))")
    }

    /// Objects of `admissionregistration.k8s.io` with what the server's own tests expect; expressions are not evaluated.
    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func admissionPolicies() throws {
        let file = ConformanceData.url(of: "kubernetes/k8s-cel/policy-validation.json")
        let cases = try JSONReader.read(
            SourceFile(path: "policies", bytes: ConformanceData.bytes(of: file)), keepsPositions: false)
        var count = 0
        for entry in cases.root.elements where entry.field("operation").string == "CREATE" {
            let errors = entry.field("expect").field("errors").elements.filter { error in
                // Objects there lack what the server fills in before it looks.
                let name = error.field("field").string.split(separator: ".").last ?? ""
                let isFilledIn = [
                    "failurePolicy", "matchPolicy", "namespaceSelector", "objectSelector", "reinvocationPolicy", "timeoutSeconds",
                    "scope",
                ].contains(name)
                return !(isFilledIn && error.field("type").string == "FieldValueRequired")
            }
            let isAboutExpressions = errors.contains { error in
                let detail = error.field("detail").string
                return detail.contains("compilation failed") || detail.contains("must evaluate to")
            }
            if isAboutExpressions { continue }
            let found = try faults(JSONWriter.string(entry.field("object")))
            #expect(found.isEmpty == errors.isEmpty, "\(entry.field("name").string): \(found.map(\.message))")
            count += 1
        }
        #expect(count > 140)
    }
}
