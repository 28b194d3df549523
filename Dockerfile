# syntax=docker/dockerfile:1
# Digests of the indexes of 25 and 26 August 2026; `scripts/pin-images` writes those of today, where the registries can be reached.
ARG BUILD_IMAGE=swift:6.3.3-bookworm@sha256:898740786e43c4402fc1cc7ac51824dc675a14e1a3353b64e23c02ea7d85ed1d
ARG RUN_IMAGE=gcr.io/distroless/static-debian12:nonroot@sha256:afa5c872c891853ca7fcf1f12c3edb23f7eeef36189728842dd51042ff57f7ab

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY Makefile ./
RUN make deps
COPY . .
# The policies are compiled beforehand, as `make build` does it: the program takes over the result and starts at once.
ENV LINTEL_POLICY_PROGRAM=/src/.build/policies.program
# Fully static: the final image holds no C library. glibc resolves names by itself in static programs since 2.34.
RUN mkdir -p .build && touch "$LINTEL_POLICY_PROGRAM" \
 && swift build -c release --product lintel-pack -Xswiftc -static-executable \
 && .build/release/lintel-pack --program "$LINTEL_POLICY_PROGRAM" \
 && swift build -c release --product lintel -Xswiftc -static-executable \
      --disable-local-rpath -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now \
 && install -D -s -m 755 .build/release/lintel /out/lintel \
 && /out/lintel version

# Certificates of public CAs, time zones and the user nonroot; nothing that runs.
FROM ${RUN_IMAGE}
COPY --from=build /out/lintel /usr/local/bin/lintel
USER 65532:65532
WORKDIR /workspace
EXPOSE 8443
ENTRYPOINT ["/usr/local/bin/lintel"]
