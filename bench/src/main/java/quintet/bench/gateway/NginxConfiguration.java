package quintet.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** nginx as a plain proxy: nothing buffered, connections kept. */
final class NginxConfiguration {
    private NginxConfiguration() {}

    /** Writes it into a folder; returns the file. */
    static Path write(Path folder, int port, int modelPort) throws IOException {
        // Without this the workers of a server that root starts could not enter the folder.
        String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        String text = """
                %s
                daemon off;
                worker_processes auto;
                pid nginx.pid;
                events { worker_connections 8192; }
                http {
                  access_log off;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  upstream model { server 127.0.0.1:%d; keepalive 1024; keepalive_timeout 4s; }
                  server {
                    listen 127.0.0.1:%d;
                    location / {
                      proxy_pass http://model;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_buffering off;
                      proxy_request_buffering off;
                      client_body_buffer_size 1m;
                      proxy_read_timeout 300s;
                    }
                  }
                }
                """.formatted(user, modelPort, port);
        return Files.writeString(folder.resolve("nginx.conf"), text);
    }
}
