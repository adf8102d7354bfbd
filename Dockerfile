FROM python:3.13-slim AS build
COPY requirements.lock requirements-redis.lock requirements-sentry.lock /tmp/
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.lock \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements-redis.lock \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements-sentry.lock

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WEB_BIND=0.0.0.0:8000
RUN useradd --system --uid 1000 --no-create-home concordance
WORKDIR /app
COPY --from=build /venv /venv
COPY manage.py ./
COPY config config
COPY access access
COPY parties parties
COPY proposals proposals
COPY fixtures fixtures
# The settings want values that this step does not use. Nothing here belongs to the user that runs it.
RUN SECRET_KEY=unused ALLOWED_HOSTS=unused DATABASE_URL=postgresql://unused/unused python manage.py collectstatic --noinput
USER 1000:1000
EXPOSE 8000
# The same image is web process, worker and migration: docker-compose.yml says which commands those are. Migrations are
# a step of their own, so that several web containers never run them at once.
CMD ["gunicorn", "config.wsgi", "--config", "python:config.gunicorn"]
