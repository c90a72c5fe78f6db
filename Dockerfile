# hipsnode in a container. docker build -t hipsnode .            the program alone
#                          docker build -t hipsnode:aladin --target aladin .   and Hipsgen, for --engine aladin
# packaging/prove-image carries out these same lines where no Docker engine runs.

FROM debian:bookworm-slim AS build
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get -q update && apt-get -qy install --no-install-recommends openjdk-17-jdk-headless ca-certificates-java maven npm
WORKDIR /src
COPY . /src
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm packaging/assemble /opt/hipsnode

FROM debian:bookworm-slim AS runtime
# curl asks for the node's health; Debian's Java draws JPEG and colours by libraries of the system
RUN apt-get -q update && apt-get -qy install --no-install-recommends curl ca-certificates libjpeg62-turbo liblcms2-2 && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 hipsnode && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /srv/hips --shell /usr/sbin/nologin hipsnode
COPY --from=build /opt/hipsnode /opt/hipsnode
RUN ln -s /opt/hipsnode/hipsnode /usr/local/bin/hipsnode && install -d -o hipsnode -g hipsnode /srv/hips /srv/hips/surveys
COPY packaging/node.yaml /srv/hips/node.yaml
WORKDIR /srv/hips
VOLUME /srv/hips/surveys
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD curl -fsS -o /dev/null http://127.0.0.1:8080/health/ready
ENTRYPOINT ["hipsnode"]
CMD ["run", "/srv/hips/node.yaml"]

# with Debian's Aladin (GPL-3.0), and the Java that it runs on
FROM runtime AS aladin
RUN mkdir -p /usr/share/man/man1 && apt-get -q update && apt-get -qy install --no-install-recommends aladin default-jre-headless && rm -rf /var/lib/apt/lists/*
USER hipsnode

# the last is what is built when nothing else is named
FROM runtime AS node
USER hipsnode
